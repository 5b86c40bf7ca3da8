-- What is made ready for pages that need more than the diagnosis (src/prepare/). All of it is made
-- again from the records at any time. docs/data.md tells more.

-- Of a look at a programme: "decisions", "map" and "network" are JSON, "decisions.svg" and "map.svg"
-- pictures. Where they could not be made there is only "failed", which says why.
create table diagnosis_part (
    programme_id bigint not null,
    number bigint not null,
    part text not null,
    content text not null,
    primary key (programme_id, number, part),
    foreign key (programme_id, number) references diagnosis (programme_id, number)
);

-- What if somebody left? Asked by a lead, and answered as soon as somebody gets to it: the answer is
-- JSON, as `ithaca whatif --format json` prints it, as of a revision. Without a person it asks what
-- hangs on everybody in turn. `failed` says why there is no answer. A form that was sent twice (the
-- same `token`) asks once.
create table whatif_question (
    programme_id bigint not null references programme (id),
    id bigint not null,
    token text not null,
    asked_at text not null,
    person text,
    person_name text,
    on_day text not null,
    revision bigint,
    answered_at text,
    answer text,
    failed text,
    primary key (programme_id, id),
    unique (programme_id, token)
);

create index whatif_question_waiting on whatif_question (programme_id, id)
    where answer is null and failed is null;
