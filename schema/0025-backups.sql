-- Backups: those that somebody asked for on the site's page, and those that `ithaca backup` made (src/backups/).
-- Who asked is no more than the account; `place` is the file, `bytes` its size, `verdict` what reading it back
-- has shown, `words` why none was made.
create table backup_made (
    id bigint not null primary key,
    token text unique,
    account_id bigint references account (id) on delete set null,
    way text not null check (way in ('page', 'command')),
    state text not null check (state in ('asked', 'working', 'made', 'failed')),
    asked_at text not null,
    begun_at text,
    ended_at text,
    place text,
    bytes bigint,
    verdict text check (verdict in ('whole', 'faulty')),
    words text
);
create index backup_made_state on backup_made (state);
create index backup_made_account on backup_made (account_id);
