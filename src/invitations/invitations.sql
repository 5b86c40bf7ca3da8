-- Meetings in people's calendars.

-- Everybody who takes part, as whom they stand on the sheet People, and whether they can be sent a meeting.
-- statement invitation_people
select r.key, a.id, p.name, p.email, coalesce(c.meetings, 1)
  from member m
  join person p on p.id = m.person_id
  join account a on a.person_id = p.id and a.signed_in_at is not null
  left join mail_choice c on c.account_id = a.id
  join person_record l on l.programme_id = m.programme_id and l.person_id = m.person_id
  join record r on r.programme_id = l.programme_id and r.id = l.record_id and r.until is null
 where m.programme_id = $1
   and a.id = (select min(o.id) from account o where o.person_id = p.id and o.signed_in_at is not null)
 order by r.key;

-- statement invitation_sent
select i.account_id, p.name, p.email, i.record_id, i.sequence, i.state, i.hash, i.day, i.starts, i.ends, i.sent_at
  from meeting_invitation i
  join account a on a.id = i.account_id
  join person p on p.id = a.person_id
 where i.programme_id = $1 and i.meeting = $2
 order by i.account_id;

-- statement invitation_write
insert into meeting_invitation (programme_id, meeting, account_id, record_id, sequence, state, hash, day, starts, ends,
                                sent_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    on conflict (programme_id, meeting, account_id) do update
    set sequence = excluded.sequence, state = excluded.state, hash = excluded.hash, day = excluded.day,
        starts = excluded.starts, ends = excluded.ends, sent_at = excluded.sent_at;
