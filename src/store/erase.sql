-- What was said about a programme's records, and what people decided about that: the names in it.

-- statement finding_words
select id, identity, person, words, content from finding where programme_id = $1 order by id;

-- statement finding_erase
update finding set identity = $3, person = $4, words = $5, content = $6
 where programme_id = $1 and id = $2;

-- statement decision_words
select finding_id, number, author, reason, assigned_to from finding_decision
 where programme_id = $1
 order by finding_id, number;

-- statement decision_erase
update finding_decision set author = $4, reason = $5, assigned_to = $6
 where programme_id = $1 and finding_id = $2 and number = $3;

-- statement step_change_words
select number, author, reason, title, why, what_to_do, good, smallest from step_change
 where programme_id = $1
 order by number;

-- statement step_change_erase
update step_change set author = $3, reason = $4, title = $5, why = $6, what_to_do = $7, good = $8,
       smallest = $9
 where programme_id = $1 and number = $2;

-- What somebody answered, with what it is about.
-- statement reply_held
select y.what, y.words, y.person, y.author, y.at, y.taken_up_at, y.taken_up_by, y.taken_up_words, y.finding_id,
       r.key, r.content
  from reply y
  left join record r on r.programme_id = y.programme_id and r.id = y.record_id and r.until is null
 where y.programme_id = $1
 order by y.at, y.id;

-- statement reply_words
select id, person, author, words, taken_up_by, taken_up_words from reply where programme_id = $1 order by id;

-- statement reply_erase
update reply set author = $3, words = $4, taken_up_by = $5, taken_up_words = $6
 where programme_id = $1 and id = $2;

-- statement reply_remove
delete from reply where programme_id = $1 and id = $2;

-- Who shared a diagnosis with everybody who takes part.
-- statement share_words
select number, author, at from shared_diagnosis where programme_id = $1 order by number;

-- statement share_erase
update shared_diagnosis set author = $3 where programme_id = $1 and number = $2;

-- Whole diagnoses are made again from the records at any time.
-- statement diagnosis_erase
update diagnosis set content = null, content_shared = null
 where programme_id = $1 and content is not null;

-- So is what was made ready of them; and what was asked is asked anew.
-- statement diagnosis_part_erase
delete from diagnosis_part where programme_id = $1;

-- statement whatif_erase
delete from whatif_question where programme_id = $1;

-- Whoever is at something there has read what was before: their claim ends, so that nothing of it is
-- kept, and what failed is not told with names.
-- statement job_erase
delete from job where programme_id = $1;

-- What is written at a meeting that is not closed yet.
-- statement meeting_draft_words
select id, field, value from meeting_draft where programme_id = $1 order by id;

-- statement meeting_draft_erase
update meeting_draft set field = $3, value = $4 where programme_id = $1 and id = $2;

-- Lists that somebody is bringing (src/bring/brought.h), without what is in them.
-- statement brought_held
select author, at, file from brought_file where programme_id = $1 order by id;

-- Who uploaded the files of documents. What is in them nobody looks through.
-- statement document_file_words
select id, author, file, at, document from document_file where programme_id = $1 order by id;

-- statement document_file_erase
update document_file set author = $3, file = $4 where programme_id = $1 and id = $2;

-- Names of people are in the files and in what was answered.
-- statement brought_erase
delete from brought_file where programme_id = $1;

-- statement brought_answer_erase
delete from brought_answer where programme_id = $1;

-- statement meeting_draft_held
select d.field, d.value, r.key
  from meeting_draft d
  join record r on r.programme_id = d.programme_id and r.id = d.record_id and r.until is null
 where d.programme_id = $1
 order by d.id;

-- What those who take part called their keys for other programs; the keys go on reading.
-- statement key_name_erase
update api_key set name = ''
 where programme_id = $1
    or account_id in (select a.id from account a join member m on m.person_id = a.person_id
                       where m.programme_id = $1);

-- statement limit_change_words
select id, author, reason from limit_change where programme_id = $1 order by id;

-- statement limit_change_erase
update limit_change set author = $3, reason = $4 where programme_id = $1 and id = $2;

-- statement learned_words
select learned, number, author, why, content, at from learned_version where programme_id = $1 order by learned, number;

-- statement learned_erase
update learned_version set author = $4, why = $5, content = $6 where programme_id = $1 and learned = $2 and number = $3;
