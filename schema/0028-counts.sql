-- How many records of a kind a programme has now, and how many were taken out and are not there. Kept by every save
-- (src/store/counts.h), so that a list of ten thousand is opened as fast as one of a hundred.
create table record_count (
    programme_id bigint not null references programme (id),
    kind text not null,
    now bigint not null check (now >= 0),
    gone bigint not null check (gone >= 0),
    primary key (programme_id, kind)
);

insert into record_count (programme_id, kind, now, gone)
select programme_id, kind, sum(now), sum(gone)
  from (select programme_id, kind, key, count(case when until is null then 1 end) as now,
               1 - count(case when until is null then 1 end) as gone
          from record group by programme_id, kind, key) each_record
 group by programme_id, kind;

-- The actions that are still to be done (src/store/open_actions.h): in the order of the sheet, whose they are (the
-- key of a person, '' for nobody), and the last day on which they are not late ('' if none was said). How many
-- somebody has is kept beside; a programme with no row there is one whose actions are still to be read.
create table open_action (
    programme_id bigint not null references programme (id),
    record_id bigint not null,
    position bigint not null,
    owner text not null,
    last_day text not null,
    primary key (programme_id, record_id)
);
create index open_action_owner on open_action (programme_id, owner, position, record_id);
create index open_action_day on open_action (programme_id, last_day, position, record_id);

create table open_action_count (
    programme_id bigint not null references programme (id),
    owner text not null,
    actions bigint not null check (actions >= 0),
    primary key (programme_id, owner)
);
