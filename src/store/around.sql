-- Records of a programme, one by one.

-- statement around_record
select id, revision, content from record
 where programme_id = $1 and kind = $2 and key = $3 and until is null;

-- statement around_kind
select id, revision, content, key from record
 where programme_id = $1 and kind = $2 and until is null
 order by position, id limit $3 offset $4;

-- statement around_after
select id, revision, content, key from record
 where programme_id = $1 and kind = $2 and until is null
   and (position, id) > (select b.position, b.id from record b
                          where b.programme_id = $1 and b.kind = $2 and b.key = $4 and b.until is null)
 order by position, id limit $3;

-- statement around_history
select v.number, v.at, v.author, v.reason from revision v
 where v.programme_id = $1
   and (v.number = $3 or v.number = (select min(r.revision) from record r
                                      where r.programme_id = $1 and r.id = $2))
 order by v.number;
