-- What is written while a meeting goes on, before it is closed: every version of every field of its
-- form, so that two who write at once can be told apart. Gone once the meeting is closed.

-- statement meeting_draft
select field, value, version from meeting_draft
 where programme_id = $1 and record_id = $2
 order by version, id;

-- statement meeting_draft_add
insert into meeting_draft (programme_id, id, record_id, version, field, value)
values ($1, $2, $3, $4, $5, $6);

-- statement meeting_draft_remove
delete from meeting_draft where programme_id = $1 and record_id = $2;

-- statement meeting_orphans
select i.meeting, min(i.day), count(*) from meeting_invitation i
 where i.programme_id = $1 and i.state = 'invited' and i.day >= $2
   and not exists (select 1 from record r where r.programme_id = i.programme_id and r.kind = 'meeting'
                      and r.key = i.meeting and r.until is null)
 group by i.meeting
 order by min(i.day), i.meeting;
