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

-- People across programmes. A person may be written down in several programmes (person_record), may
-- see or change programmes (member), and may sign in (account): each can go without the others.
create table person (
    id bigint primary key,
    name text not null,
    email text unique
);

create table person_record (
    programme_id bigint not null references programme (id),
    record_id bigint not null,
    person_id bigint not null references person (id),
    primary key (programme_id, record_id)
);

create index person_record_person on person_record (person_id);

create table member (
    programme_id bigint not null references programme (id),
    person_id bigint not null references person (id),
    role text not null check (role in ('lead', 'team', 'sponsor', 'reader')),
    since text not null,
    primary key (programme_id, person_id)
);

create index member_person on member (person_id);

create table account (
    id bigint primary key,
    person_id bigint not null references person (id),
    login text not null unique,
    created_at text not null
);

create index account_person on account (person_id);

-- Organisations across programmes, told by their code in a public register; which record of which
-- programme is which is brought up to date on every save.
create table organisation (
    id bigint primary key,
    code text not null unique,
    name text not null
);

create table organisation_record (
    programme_id bigint not null references programme (id),
    record_id bigint not null,
    organisation_id bigint not null references organisation (id),
    primary key (programme_id, record_id)
);

create index organisation_record_organisation on organisation_record (organisation_id);

-- ---- What was found (src/findings/) ----

-- Each time that a programme was looked at: as of a revision and a day, by a version of the program
-- and its rules (`fingerprint`). `content` is the diagnosis as `ithaca check --format json` prints it
-- for the lead; it is kept for the newest look at each revision.
create table diagnosis (
    programme_id bigint not null references programme (id),
    number bigint not null check (number > 0),
    revision bigint not null,
    day text not null,
    fingerprint text not null,
    made_at text not null,
    findings bigint not null,
    content text,
    primary key (programme_id, number),
    unique (programme_id, revision, day, fingerprint),
    foreign key (programme_id, revision) references revision (programme_id, number)
);

-- Everything that was ever found, by its name ("A1/final-specification"). `content` is what was said of
-- it last, to the lead; of a private one `person` is the key of the person it is about, and `words`
-- what is said to that person.
create table finding (
    programme_id bigint not null references programme (id),
    id bigint not null,
    identity text not null,
    private bigint not null check (private in (0, 1)),
    person text,
    words text,
    content text not null,
    primary key (programme_id, id),
    unique (programme_id, identity)
);

-- When it was there: from the first look at which it was found to the first at which it was not. What
-- closes and comes back has two periods.
create table finding_period (
    programme_id bigint not null,
    finding_id bigint not null,
    number bigint not null check (number > 0),
    opened_revision bigint not null,
    opened_day text not null,
    closed_revision bigint,
    closed_day text,
    primary key (programme_id, finding_id, number),
    foreign key (programme_id, finding_id) references finding (programme_id, id),
    check ((closed_revision is null) = (closed_day is null))
);

-- What people decided about it; the newest holds, whether the finding closes and reopens or not.
create table finding_decision (
    programme_id bigint not null,
    finding_id bigint not null,
    number bigint not null check (number > 0),
    what text not null check (what in ('accepted', 'assigned', 'set aside', 'reopened')),
    author text,
    at text not null,
    reason text,
    assigned_to text,
    review_on text,
    primary key (programme_id, finding_id, number),
    foreign key (programme_id, finding_id) references finding (programme_id, id),
    check (what <> 'assigned' or assigned_to is not null),
    check (what <> 'set aside' or (reason is not null and review_on is not null))
);

-- Work that somebody has begun, or that failed (src/jobs/). Which work is due is not written here: it
-- follows from the tables above, so that none can be forgotten.
create table job (
    programme_id bigint not null references programme (id),
    kind text not null,
    work text not null,
    attempts bigint not null check (attempts > 0),
    claimed_by text,
    claimed_until text,
    error text,
    primary key (programme_id, kind)
);
