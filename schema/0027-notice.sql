-- What the site adds to the page "How your data are used" (src/accounts/notice.h): each saving is a version, and the
-- newest holds.
create table notice_version (
    number bigint not null primary key check (number > 0),
    at text not null,
    account_id bigint references account (id) on delete set null,
    token text unique,
    controller text not null,
    officer text not null,
    basis text not null,
    kept text not null,
    shared text not null,
    more text not null
);

create index notice_version_account on notice_version (account_id);
