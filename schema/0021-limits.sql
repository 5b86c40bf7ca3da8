-- Limits of rules that a site (programme_id null) or one programme changed, each with its reason. The newest holds; of
-- one that was put back the value is null. Nothing is ever overwritten. How many of them a programme was looked at
-- with stands behind the fingerprint of its diagnosis ("...+2"), by which one knows whether it is to be looked at again.
create table limit_change (
    id bigint not null primary key,
    programme_id bigint references programme (id) on delete cascade,
    rule text not null,
    name text not null,
    value text,
    reason text not null,
    author text,
    at text not null
);
create index limit_change_programme on limit_change (programme_id);
