-- The first version of the store. docs/data.md draws it.
--
-- Written in the words that PostgreSQL and SQLite share. What belongs to a programme has the
-- programme's id first in its key. Times are ISO text in UTC, days ISO text, truth 0 or 1.

-- Which steps of the schema have been taken, and when.
create table schema_version (
    version bigint not null primary key,
    at text not null
);

-- A programme: its newest revision and the link of the chain that ends there.
create table programme (
    id bigint primary key,
    key text not null unique,
    name text not null,
    created_at text not null,
    revision bigint not null check (revision >= 0),
    link text not null
);

-- Every change of a programme's records, one row for each time somebody saved. `commitment` stands
-- for author and reason, and for nothing that could be guessed: `salt` goes when they are erased.
create table revision (
    programme_id bigint not null references programme (id),
    number bigint not null check (number > 0),
    at text not null,
    author text,
    reason text,
    token text,
    salt text,
    commitment text not null,
    link text not null,
    primary key (programme_id, number),
    unique (programme_id, token)
);

-- Every version of every record: it holds from `revision` on, until (not including) `until`.
-- `content` is the record's fields as a JSON object; `position` its place on its sheet.
create table record (
    programme_id bigint not null references programme (id),
    id bigint not null,
    revision bigint not null,
    until bigint check (until > revision),
    kind text not null,
    key text not null,
    position bigint not null,
    content text not null,
    salt text not null,
    commitment text not null,
    primary key (programme_id, id, revision),
    foreign key (programme_id, revision) references revision (programme_id, number)
);

create unique index record_now on record (programme_id, kind, key) where until is null;
create index record_ended on record (programme_id, until) where until is not null;

-- What was lawfully erased: the version of a record (or, with record_id 0, the author and reason of
-- a revision) whose words were replaced, in which revision, and what stands for the words put there.
create table erasure (
    programme_id bigint not null,
    number bigint not null,
    record_id bigint not null,
    revision bigint not null,
    commitment text not null,
    primary key (programme_id, number, record_id, revision),
    foreign key (programme_id, number) references revision (programme_id, number)
);
