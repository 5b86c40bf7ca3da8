-- Signing what is given to others.

-- statement signing_key
select public_key, secret_key from signing_key where id = 1;

-- statement signing_key_add
insert into signing_key (id, public_key, secret_key, made_at) values (1, $1, $2, $3) on conflict (id) do nothing;

-- statement exchange_members
select p.name from member m join person p on p.id = m.person_id where m.programme_id = $1 order by p.id;
