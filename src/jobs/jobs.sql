-- statement job_list
select programme_id, work, attempts, claimed_by, claimed_until, error from job where kind = $1;

-- Nobody gets it who may not have it: it is done, or another is at it, or it was tried $7 times. $6 is
-- now, $8 somebody who is known to have gone.
-- statement job_claim
insert into job (programme_id, kind, work, attempts, claimed_by, claimed_until)
values ($1, $2, $3, 1, $4, $5)
on conflict (programme_id, kind) do update
   set work = excluded.work,
       attempts = case when job.work = excluded.work then job.attempts + 1 else 1 end,
       claimed_by = excluded.claimed_by,
       claimed_until = excluded.claimed_until,
       error = case when job.work = excluded.work then job.error end
 where (job.claimed_by is null or job.claimed_until < $6 or job.claimed_by = $8)
   and (job.work <> excluded.work or job.attempts < $7)
returning attempts;

-- statement job_done
delete from job where programme_id = $1 and kind = $2 and work = $3 and claimed_by = $4
returning attempts;

-- statement job_failed
update job set claimed_by = null, claimed_until = null, error = $5
 where programme_id = $1 and kind = $2 and work = $3 and claimed_by = $4;

-- One that was never tried before, then one that was: a try that does not count.
-- statement job_forget_first
delete from job
 where programme_id = $1 and kind = $2 and work = $3 and claimed_by = $4 and attempts = 1;

-- statement job_put_off
update job set claimed_by = null, claimed_until = null, attempts = attempts - 1
 where programme_id = $1 and kind = $2 and work = $3 and claimed_by = $4;

-- Nobody is at it, and it was tried $3 times: forgotten, it counts as never tried.
-- statement job_again
delete from job
 where programme_id = $1 and kind = $2 and attempts >= $3
   and (claimed_by is null or claimed_until < $4);
