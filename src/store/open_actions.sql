-- The actions that are still to be done.

-- statement open_action_add
insert into open_action (programme_id, record_id, position, owner, last_day) values ($1, $2, $3, $4, $5);

-- statement open_action_add_twelve
insert into open_action (programme_id, record_id, position, owner, last_day)
values
       ($1, $2, $3, $4, $5),
       ($6, $7, $8, $9, $10),
       ($11, $12, $13, $14, $15),
       ($16, $17, $18, $19, $20),
       ($21, $22, $23, $24, $25),
       ($26, $27, $28, $29, $30),
       ($31, $32, $33, $34, $35),
       ($36, $37, $38, $39, $40),
       ($41, $42, $43, $44, $45),
       ($46, $47, $48, $49, $50),
       ($51, $52, $53, $54, $55),
       ($56, $57, $58, $59, $60);

-- statement open_action_remove
delete from open_action where programme_id = $1 and record_id = $2 returning owner;

-- statement open_action_count
insert into open_action_count (programme_id, owner, actions) values ($1, $2, $3)
    on conflict (programme_id, owner) do update set actions = excluded.actions;

-- statement open_action_count_remove
delete from open_action_count where programme_id = $1 and owner = $2;

-- statement open_owners
select owner, actions from open_action_count where programme_id = $1;

-- A programme is kept from its first save on: nobody's have a row, be it of none.
-- statement open_is_kept
select 1 from open_action_count where programme_id = $1 and owner = '';

-- statement open_not_kept
select id from programme
 where not exists (select 1 from open_action_count c where c.programme_id = programme.id and c.owner = '')
 order by id limit 1;

-- What may be open: the pattern spares reading the others; what is found is looked at again.
-- statement open_to_fill
select id, position, content from record
 where programme_id = $1 and until is null and kind = 'action' and content not like '%done":%';

-- statement open_action_now
select id, position, content from record where programme_id = $1 and id = $2 and until is null;

-- statement open_late_count
select count(*) from (select 1 from open_action
                       where programme_id = $1 and last_day > '' and last_day < $2 limit $3) late;

-- statement open_of_owner
select r.content
  from (select record_id, position from open_action
         where programme_id = $1 and owner = $2
         order by position, record_id limit $3 offset $4) o
  join record r on r.programme_id = $1 and r.id = o.record_id and r.until is null
 order by o.position, o.record_id;

-- statement open_late
select r.content
  from (select record_id, position, last_day from open_action
         where programme_id = $1 and last_day > '' and last_day < $2
         order by last_day, position, record_id limit $3 offset $4) o
  join record r on r.programme_id = $1 and r.id = o.record_id and r.until is null
 order by o.last_day, o.position, o.record_id;

-- statement open_days
select owner, last_day from open_action where programme_id = $1 and owner > '' and last_day > '';
