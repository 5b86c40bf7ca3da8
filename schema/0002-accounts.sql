-- Signing in, and who may do what (src/accounts/). docs/data.md tells more.

-- Of an account: whether it looks after the site, what its password hashes to (as libsodium writes
-- argon2id; null: none was chosen yet), and when it was last used to sign in.
alter table account add column administrator bigint not null default 0 check (administrator in (0, 1));
alter table account add column password text;
alter table account add column signed_in_at text;

-- The second factor of an account: the secret of an authenticator app (base32), and the last 30
-- seconds (since 1970) whose figures were used.
alter table account add column totp_secret text;
alter table account add column totp_step bigint;

-- For when the app is lost. Each can be used once; only what it hashes to is kept.
create table recovery_code (
    hash text not null primary key,
    account_id bigint not null references account (id) on delete cascade
);

create index recovery_code_account on recovery_code (account_id);

-- Who may see or change a programme: "reader" has become "evaluator", and there are mentors. When
-- they were last in it, and when the visit before that one ended.
create table member_with_roles (
    programme_id bigint not null references programme (id),
    person_id bigint not null references person (id),
    role text not null check (role in ('lead', 'team', 'sponsor', 'mentor', 'evaluator')),
    since text not null,
    visited_at text,
    seen_before text,
    primary key (programme_id, person_id)
);

insert into member_with_roles (programme_id, person_id, role, since)
select programme_id, person_id, case role when 'reader' then 'evaluator' else role end, since
  from member;

drop table member;
alter table member_with_roles rename to member;
create index member_person on member (person_id);

-- A browser in which somebody is signed in. Its cookie is not kept, only what it hashes to. Whoever
-- came in by a link may choose a password without knowing the one before. A session that waits for
-- its second factor lets nobody in yet.
create table session (
    hash text not null primary key,
    account_id bigint not null references account (id) on delete cascade,
    created_at text not null,
    expires_at text not null,
    agent text,
    by_link bigint not null default 0 check (by_link in (0, 1)),
    waits bigint not null default 0 check (waits in (0, 1))
);

create index session_account on session (account_id);

-- An address that lets somebody in once; kept in the same way.
create table sign_in_link (
    hash text not null primary key,
    account_id bigint not null references account (id) on delete cascade,
    expires_at text not null,
    used_at text
);

create index sign_in_link_account on sign_in_link (account_id);

-- The diagnosis as everybody who takes part may read it, once it is shared: without what is private.
alter table diagnosis add column content_shared text;

-- A look at a programme that its lead has shared with everybody who takes part.
create table shared_diagnosis (
    programme_id bigint not null,
    number bigint not null,
    at text not null,
    author text,
    primary key (programme_id, number),
    foreign key (programme_id, number) references diagnosis (programme_id, number)
);

-- A form that was sent twice is done once.
alter table finding_decision add column token text;
create unique index finding_decision_token on finding_decision (programme_id, token)
    where token is not null;

-- A try to sign in that failed, or has not ended yet; kept for a quarter of an hour. `hash` stands for
-- the name that was typed and the address it came from, which are not kept.
create table sign_in_failure (
    id bigint not null primary key,
    hash text not null,
    at text not null
);

create index sign_in_failure_hash on sign_in_failure (hash, at);
create index sign_in_failure_at on sign_in_failure (at);
