-- What a programme made of the eight steps.

-- statement step_changes
select number, step, what, author, at, reason, title, why, what_to_do, good, smallest, list
  from step_change
 where programme_id = $1
 order by number;

-- statement step_change_known
select step, what, reason, title, why, what_to_do, good, smallest, list from step_change
 where programme_id = $1 and token = $2;

-- statement step_change_add
insert into step_change
       (programme_id, number, step, what, author, at, token, reason, title, why, what_to_do, good,
        smallest, list)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);
