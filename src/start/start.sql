-- Which questions of the beginning were answered: the reasons that begin so.
-- statement start_answered
select distinct reason from revision
 where programme_id = $1 and reason like $2;
