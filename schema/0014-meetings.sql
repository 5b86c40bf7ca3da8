-- The lists of actions, and the agendas of meetings, ask for what is still to be done.
create index record_action_open on record (programme_id, kind)
    where until is null and kind = 'action' and content not like '%done":%';

-- What is written while a meeting goes on (src/meetings/draft.h): `record_id` is the meeting's, `field` one of
-- its form's, `value` "" where something was taken out again.
create table meeting_draft (
    programme_id bigint not null references programme (id),
    id bigint not null,
    record_id bigint not null,
    version bigint not null check (version > 0),
    field text not null,
    value text not null,
    primary key (programme_id, id)
);

create index meeting_draft_record on meeting_draft (programme_id, record_id);
