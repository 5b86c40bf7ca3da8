-- The secret address at which an account's calendar is read (src/calendar/calendar.h): only what it hashes to.
create table calendar_feed (
    hash text not null primary key,
    account_id bigint not null unique references account (id) on delete cascade,
    made_at text not null
);
