-- What a programme learned (src/learned/): what happened, what it believes works, cases. Each saving is a version of
-- its own, with the whole of it; the newest of a thing (`learned`) is how it stands. `content` has a line for each
-- field. `account_id` is whose hand it was, so that nobody agrees to what they wrote themselves. `other` is the thing
-- from which it was split off, or into which it was merged. `origin` names the site from which it was brought.
create table learned_version (
    programme_id bigint not null references programme (id),
    learned bigint not null check (learned > 0),
    number bigint not null check (number > 0),
    kind text not null,
    state text not null check (state in ('draft', 'agreed', 'disputed', 'withdrawn')),
    what text not null,
    at text not null,
    author text not null,
    account_id bigint references account (id) on delete set null,
    why text not null,
    other bigint,
    origin text,
    token text,
    content text not null,
    primary key (programme_id, learned, number),
    unique (programme_id, token)
);

create index learned_version_account on learned_version (account_id);
