-- How often something that pages show of a programme changed, besides its records: what was found, made
-- ready, shared or decided, its steps, who is who. A page that is asked for again is the same as before
-- if this and the revision are (src/store/programme.h, programme_touch).
alter table programme add column touched bigint not null default 0;
