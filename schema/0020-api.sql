-- Keys with which other programs read for somebody (src/accounts/key.h): only what each hashes to. One for a single
-- programme names it.
create table api_key (
    hash text not null primary key,
    account_id bigint not null references account (id) on delete cascade,
    programme_id bigint references programme (id) on delete cascade,
    name text not null,
    made_at text not null,
    ends_at text not null,
    used_on text
);
create index api_key_account on api_key (account_id);
