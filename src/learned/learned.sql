-- What a programme learned.

-- How each stands now.
-- statement learned_now
select v.learned, v.number, v.kind, v.state, v.what, v.at, v.author, v.account_id, v.why, v.other, v.origin, v.content
  from learned_version v
 where v.programme_id = $1
   and v.number = (select max(l.number) from learned_version l
                    where l.programme_id = v.programme_id and l.learned = v.learned)
 order by v.learned desc;

-- statement learned_versions
select learned, number, kind, state, what, at, author, account_id, why, other, origin, content
  from learned_version
 where programme_id = $1 and learned = $2
 order by number desc;

-- statement learned_last
select coalesce(max(learned), 0), coalesce(max(case when learned = $2 then number end), 0), count(distinct learned)
  from learned_version where programme_id = $1;

-- statement learned_known
select learned from learned_version where programme_id = $1 and token = $2;

-- statement learned_add
insert into learned_version (programme_id, learned, number, kind, state, what, at, author, account_id, why, other,
                             origin, token, content)
values ($1, $2, $3, $4, $5, $6, $7, $8, nullif(cast($9 as bigint), 0), $10, nullif(cast($11 as bigint), 0), $12, $13,
        $14);
