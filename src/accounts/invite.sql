-- Who takes part in a programme; inviting, changing and taking out.

-- Whether they ever signed in, whether they look after the site, and in how many other programmes they
-- take part.
-- statement part_list
select p.id, p.name, p.email, m.role, m.since,
       (select count(*) from account a where a.person_id = p.id),
       (select max(a.signed_in_at) from account a where a.person_id = p.id),
       (select max(a.administrator) from account a where a.person_id = p.id),
       (select count(*) from member o where o.person_id = p.id and o.programme_id <> m.programme_id)
  from member m
  join person p on p.id = m.person_id
 where m.programme_id = $1
 order by p.id;

-- Everybody on the sheet People, and the person they are, if anybody said so.
-- statement part_records
select r.id, r.key, r.content, l.person_id, l.joined_at, b.name
  from record r
  left join person_record l on l.programme_id = r.programme_id and l.record_id = r.id
  left join person b on b.id = l.joined_by
 where r.programme_id = $1 and r.kind = 'person' and r.until is null
 order by r.position, r.id;

-- statement part_add
insert into member (programme_id, person_id, role, since) values ($1, $2, $3, $4);

-- statement part_change
update member set role = $3 where programme_id = $1 and person_id = $2;

-- statement account_of_person
select id from account where person_id = $1 order by id limit 1;

-- statement sign_in_link_remove_unused
delete from sign_in_link where account_id = $1 and used_at is null;

-- statement site_programmes
select q.id, q.key, q.name, q.revision, q.link,
       (select d.made_at from diagnosis d where d.programme_id = q.id
         order by d.number desc limit 1),
       (select count(*) from member m where m.programme_id = q.id and m.role = 'lead')
  from programme q
 order by q.id;

-- statement site_accounts
select a.id, a.login, p.name, a.administrator, a.signed_in_at,
       (select count(*) from member m where m.person_id = p.id),
       case when a.totp_secret is null then 0 else 1 end
  from account a
  join person p on p.id = a.person_id
 order by a.id;

-- The newest saves of a programme; in how many versions of records somebody was erased by each.
-- statement site_saves
select v.number, v.at, v.author,
       (select count(*) from erasure e where e.programme_id = v.programme_id and e.number = v.number)
  from revision v
 where v.programme_id = $1
 order by v.number desc limit $2 offset $3;
