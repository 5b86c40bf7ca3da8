-- What somebody who is asked answers (src/findings/replies.h): about a finding, or about an action that they
-- are to do (a record; `record_id` is the same in all its versions). `person` is their key on the sheet
-- People. Until it is taken up it waits for whoever leads the programme, but for 'done', which asks nothing.
create table reply (
    programme_id bigint not null references programme (id),
    id bigint not null,
    finding_id bigint,
    record_id bigint,
    what text not null
        check (what in ('yes', 'no', 'another date', 'something else', 'done', 'in the way')),
    words text,
    person text not null,
    author text,
    at text not null,
    token text,
    taken_up_at text,
    taken_up_by text,
    primary key (programme_id, id),
    foreign key (programme_id, finding_id) references finding (programme_id, id),
    check ((finding_id is null) <> (record_id is null)),
    check ((what in ('done', 'in the way')) = (finding_id is null))
);
