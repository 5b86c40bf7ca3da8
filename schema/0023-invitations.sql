-- Mails into people's calendars (src/invitations/): one kind of mail more, and what a calendar reads beside the words.
alter table mail rename to mail_before;

create table mail (
    id bigint not null primary key,
    account_id bigint not null references account (id) on delete cascade,
    kind text not null check (kind in ('invitation', 'reset', 'reminder', 'meeting')),
    what text not null,
    subject text not null,
    words text not null,
    made_at text not null,
    due_at text not null,
    tries bigint not null default 0,
    claimed_until text,
    sent_at text,
    given_up_at text,
    said text,
    stop_hash text,
    calendar text,
    calendar_method text check (calendar_method in ('REQUEST', 'CANCEL'))
);

insert into mail (id, account_id, kind, what, subject, words, made_at, due_at, tries, claimed_until, sent_at,
                  given_up_at, said, stop_hash)
select id, account_id, kind, what, subject, words, made_at, due_at, tries, claimed_until, sent_at, given_up_at, said,
       stop_hash
  from mail_before;

drop table mail_before;

create unique index mail_what on mail (account_id, kind, what);
create index mail_due on mail (due_at, id) where sent_at is null and given_up_at is null;
create index mail_stop on mail (stop_hash) where stop_hash is not null;

-- Whether somebody wants meetings sent into their calendar.
alter table mail_choice add column meetings bigint not null default 1 check (meetings in (0, 1));

-- What an account was told last of a meeting. It outlives the meeting's record, so that a meeting that was taken
-- out can still be called off; `record_id` names it in calendars, and `sequence` grows with each telling (RFC 5545).
-- Of what they were told only the hash is kept, which shows whether it has changed.
create table meeting_invitation (
    programme_id bigint not null references programme (id),
    meeting text not null,
    account_id bigint not null references account (id) on delete cascade,
    record_id bigint not null,
    sequence bigint not null,
    state text not null check (state in ('invited', 'cancelled')),
    hash text not null,
    day text not null,
    starts text not null,
    ends text not null,
    sent_at text not null,
    primary key (programme_id, meeting, account_id)
);

create index meeting_invitation_account on meeting_invitation (account_id);
