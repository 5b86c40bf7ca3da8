-- SQLite takes the index that answers most of what is asked: without `until` it was the one by place (0015), and each
-- home page read every meeting there ever was. Open actions have a table of their own (0028).
drop index if exists record_meeting_to_come;
create index record_meeting_to_come on record (programme_id, kind, until)
    where until is null and kind = 'meeting' and content not like '%state":"held"%';
drop index if exists record_action_open;
