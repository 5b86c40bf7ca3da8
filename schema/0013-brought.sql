-- Lists of people's own, on their way into a programme (src/bring/brought.h). What was uploaded is kept until it is saved
-- or a week old, and is seen only by whoever uploaded it: `content` is the file in base64, empty once it is saved.
-- `answers` (JSON) is what that person has said about it; `outcome` (JSON) what came of the last look, saving or undoing.
-- `wish` is what is to be done next: look, save, undo; null when nobody waits. docs/data.md tells more.
create table brought_file (
    programme_id bigint not null references programme (id),
    id bigint not null,
    account_id bigint not null references account (id) on delete cascade,
    token text not null,
    at text not null,
    author text not null,
    file text not null,
    content text not null,
    answers text not null,
    wish text,
    outcome text,
    failed text,
    revision bigint,
    undone_revision bigint,
    primary key (programme_id, id),
    unique (programme_id, token)
);

create index brought_file_waiting on brought_file (programme_id, id) where wish is not null;

-- What was answered holds for the next file, too: a heading is a field, a name is a person.
create table brought_answer (
    programme_id bigint not null references programme (id),
    name text not null,
    value text not null,
    primary key (programme_id, name)
);
