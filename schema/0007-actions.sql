-- An action that somebody made of a finding. What it says is a record like any other; `record_id` is the
-- same in all its versions.
create table finding_action (
    programme_id bigint not null,
    finding_id bigint not null,
    record_id bigint not null,
    primary key (programme_id, finding_id, record_id),
    foreign key (programme_id, finding_id) references finding (programme_id, id)
);

create index finding_action_record on finding_action (programme_id, record_id);
