-- Actions that were made of findings.

-- statement finding_action_add
insert into finding_action (programme_id, finding_id, record_id)
select programme_id, cast($2 as bigint), id from record
 where programme_id = $1 and kind = 'action' and key = $3 and until is null
    on conflict (programme_id, finding_id, record_id) do nothing;

-- statement finding_actions
select r.key, r.content from finding_action a
  join record r on r.programme_id = a.programme_id and r.id = a.record_id and r.until is null
 where a.programme_id = $1 and a.finding_id = $2
 order by a.record_id;

-- statement finding_of_action
select f.identity from finding_action a
  join finding f on f.programme_id = a.programme_id and f.id = a.finding_id
 where a.programme_id = $1 and a.record_id = $2
 order by f.id;

-- statement action_versions
select r.content, v.author, v.at from record r
  join revision v on v.programme_id = r.programme_id and v.number = r.revision
 where r.programme_id = $1 and r.id = $2
 order by r.revision;
