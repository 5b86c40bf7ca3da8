-- What the pages of decisions read beside what was made ready for them.

-- The decisions that are in the records now.
-- statement decision_keys
select key from record where programme_id = $1 and kind = 'decision' and until is null;
