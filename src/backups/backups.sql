-- Backups that were asked for and made.

-- statement backup_ask
insert into backup_made (id, token, account_id, way, state, asked_at)
select cast($1 as bigint), cast($2 as text), cast($3 as bigint), 'page', 'asked', cast($4 as text)
 where not exists (select 1 from backup_made where state = 'asked' or (state = 'working' and begun_at > $5))
    on conflict (token) do nothing;

-- statement backup_asked
select id from backup_made where state = 'asked' order by id limit 1;

-- statement backup_begin
update backup_made set state = 'working', begun_at = $2 where id = $1 and state = 'asked' returning id;

-- statement backup_end
update backup_made set state = $2, ended_at = $3, place = $4, bytes = $5, verdict = $6, words = $7 where id = $1;

-- statement backup_note
insert into backup_made (id, way, state, asked_at, ended_at, place, bytes, verdict)
values ($1, 'command', 'made', $2, $2, $3, $4, $5);

-- statement backup_list
select b.way, b.state, b.asked_at, b.begun_at, b.ended_at, b.place, b.bytes, b.verdict, b.words, p.name
  from backup_made b
  left join account a on a.id = b.account_id
  left join person p on p.id = a.person_id
 order by b.id desc limit 50;
