-- What a programme made of the eight steps (src/steps/programme_steps.h). docs/data.md tells more.

-- One row for each time that somebody changed something; later rows hold. `step` is "s1" to "s8", or of
-- the programme's own "own-3" (added by its change 3); empty where all of them are meant. 'worded' has
-- the step in the programme's words: null is as it was. 'ordered' has all steps in order, 'worded' of an
-- own step the rules it answers, in `list`.
create table step_change (
    programme_id bigint not null references programme (id),
    number bigint not null check (number > 0),
    step text not null,
    what text not null check (what in ('worded', 'ordered', 'set aside', 'taken up', 'put back')),
    author text,
    at text not null,
    token text,
    reason text,
    title text,
    why text,
    what_to_do text,
    good text,
    smallest text,
    list text,
    primary key (programme_id, number),
    unique (programme_id, token),
    check (what <> 'set aside' or reason is not null)
);
