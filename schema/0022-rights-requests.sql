-- What people asked for who have a right to it (access, correction, erasure, objection), by themselves or by letter,
-- and what was answered. When somebody is erased, their name and words go; that something was asked and answered stays.
create table rights_request (
    id bigint not null primary key,
    account_id bigint references account (id) on delete set null,
    who text not null,
    what text not null check (what in ('access', 'correction', 'erasure', 'objection')),
    words text not null,
    asked_on text not null,
    due_on text not null,
    state text not null check (state in ('asked', 'answered', 'refused')),
    answer text not null,
    answered_on text,
    token text unique
);
create index rights_request_account on rights_request (account_id);
