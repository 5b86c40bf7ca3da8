-- The home page asks for the next meeting each time, and most meetings are those that were held.
create index record_meeting_to_come on record (programme_id, kind)
    where until is null and kind = 'meeting' and content not like '%state":"held"%';
