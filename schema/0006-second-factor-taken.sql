-- When whoever looks after the site took the second factor off an account, for somebody who had lost
-- phone and recovery codes: until that person has been told, or has set up another.
alter table account add column totp_taken_at text;
