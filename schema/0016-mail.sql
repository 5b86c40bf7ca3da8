-- Mails that wait to be sent, and those that were (src/mail/). Nothing confidential stands in one; a link that
-- lets somebody in is made when it is sent, and kept as what it hashes to alone, like all of them. `what` tells
-- a mail from others of its kind to the same account: written twice it is one. One that waits is neither sent
-- nor given up; `claimed_until` keeps others from sending it meanwhile. `said` is what went wrong the last time.
create table mail (
    id bigint not null primary key,
    account_id bigint not null references account (id) on delete cascade,
    kind text not null check (kind in ('invitation', 'reset', 'reminder')),
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
    stop_hash text
);

create unique index mail_what on mail (account_id, kind, what);
create index mail_due on mail (due_at, id) where sent_at is null and given_up_at is null;
create index mail_stop on mail (stop_hash) where stop_hash is not null;

-- Of what somebody wants to be reminded by mail; where there is no row: once a week.
create table mail_choice (
    account_id bigint not null primary key references account (id) on delete cascade,
    reminders text not null check (reminders in ('never', 'weekly', 'daily'))
);

-- The last day for which a programme was looked through for what to remind of (src/reminders/).
create table reminded (
    programme_id bigint not null primary key references programme (id),
    day text not null
);
