-- Limits of rules that were changed.

-- statement limit_changes
select rule, name, value, reason, author, at, case when programme_id is null then 0 else 1 end from limit_change
 where programme_id is null or programme_id = $1
 order by id;

-- statement limit_change_add
insert into limit_change (id, programme_id, rule, name, value, reason, author, at)
values ($1, nullif(cast($2 as bigint), 0), $3, $4, $5, $6, $7, $8);

-- Pages of every programme show other limits now.
-- statement limits_touch_all
update programme set touched = touched + 1;
