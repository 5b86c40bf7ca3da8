-- Which questions of the beginning were answered: the reasons that begin so. A pattern that is a parameter and
-- nothing else would have SQLite plan the statement anew each time.
-- statement start_answered
select distinct reason from revision
 where programme_id = $1 and reason like cast($2 as text) || '%';
