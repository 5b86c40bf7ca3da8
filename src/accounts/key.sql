-- Keys with which other programs read for somebody.

-- statement key_add
insert into api_key (hash, account_id, programme_id, name, made_at, ends_at)
values ($1, $2, nullif(cast($3 as bigint), 0), $4, $5, $6);

-- statement key_count
select count(*) from api_key where account_id = $1 and ends_at > $2;

-- statement key_list
select k.hash, k.name, p.name, k.made_at, k.ends_at, k.used_on from api_key k
  left join programme p on p.id = k.programme_id
 where k.account_id = $1 and k.ends_at > $2
 order by k.made_at desc, k.hash;

-- statement key_remove
delete from api_key where hash = $1 and account_id = $2;

-- statement key_remove_ended
delete from api_key where ends_at <= $1;

-- statement key_used
update api_key set used_on = $2 where hash = $1 and (used_on is null or used_on < $2);

-- Whose key it is ($1), until $2, and what they are in the programme with the key $3, if it reads that: one row, or
-- none. The columns of statement visitor; nobody looks after the site with a key.
-- statement key_visitor
select a.id, a.login, 0, p.id, p.name, k.ends_at,
       m.role, m.visited_at, m.seen_before, q.id, q.key, q.name, q.revision, q.link, q.touched,
       (select max(d.number) from diagnosis d where d.programme_id = q.id), k.programme_id, k.used_on
  from api_key k
  join account a on a.id = k.account_id
  join person p on p.id = a.person_id
  left join programme q on q.key = $3 and (k.programme_id is null or k.programme_id = q.id)
  left join member m on m.programme_id = q.id and m.person_id = p.id
 where k.hash = $1 and k.ends_at > $2;
