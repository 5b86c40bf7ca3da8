-- Facts: small conclusions from the records that many rules need, worked out once. Rules read them
-- like the tables of records, which docs/rules.md describes. The tables are made once; each `insert`
-- runs again whenever the workbench is filled, in the order of this file.

-- Organisations that take part (a federation's members speak through it).
create table partner(organisation, sector, part);
insert into partner
  select id as organisation, sector, part
  from organisation
  where part in ('partner', 'host', 'lead provider', 'commissioner', 'federation');

-- Bodies that set the conditions from outside.
create table system_body(organisation, part);
insert into system_body
  select id as organisation, part
  from organisation
  where part in ('regulator', 'funder', 'national body', 'regional body');

-- Who really holds a post: still there, and not only standing in or learning.
create table holder(post, person, manner, days_set_aside, share);
create index holder_by_post on holder(post);
create index holder_by_person on holder(person);
insert into holder
  select h.post, h.person, h.manner, h.days_set_aside, h.share
  from post_holder h
  join person p on p.id = h.person
  where h.manner not in ('deputy', 'being prepared');

-- Seats in teams. A seat given to a post is held by whoever holds the post (no row while nobody
-- does); a person's seat ends when the person leaves.
create table seat(id, team, person, post, organisation, role, vote, capacity);
create index seat_by_team on seat(team);
create index seat_by_person on seat(person);
insert into seat
  select m.id, m.team, coalesce(p.id, h.person) as person, m.post,
         coalesce(m.organisation, post.organisation, p.employer, hp.employer) as organisation,
         m.role, m.vote, m.capacity
  from team_member m
  left join person p on p.id = m.person
  left join holder h on m.person is null and h.post = m.post
  left join person hp on hp.id = h.person
  left join post on post.id = m.post
  where coalesce(p.id, h.person) is not null;

-- Where people are at home: employed there, in one of its posts, or in a seat given for it.
create table home(person, organisation);
create index home_by_person on home(person);
insert into home
  select id, employer from person where employer is not null
  union
  select h.person, p.organisation from holder h join post p on p.id = h.post
  where p.organisation is not null
  union
  select person, organisation from seat where organisation is not null;

-- Whose people they are, of the partners. Those of a federation's member belong to the federation.
create table belongs(person, organisation);
create index belongs_by_person on belongs(person);
create index belongs_by_organisation on belongs(organisation);
insert into belongs
  select distinct h.person, p.organisation
  from home h
  join organisation o on o.id = h.organisation
  join partner p on p.organisation = o.id
    or (p.organisation = o.member_of and o.part = 'member');

-- Teams that lead the change, at the level of the transformation team.
create table change_team(team);
insert into change_team
  select id as team
  from team
  where level = 'transformation team' and type not in ('care team', 'peer group')
    and coalesce(phase, '') <> 'ended';

-- Decision rights with the organisation for which they are held: the one named, or that of the
-- post, of the person's employer, or of the body. NULL stands for all (a team decides for all).
create table right_in(id, decision, right_held, organisation, post, person, team, body, up_to, held_by);
create index right_in_by_decision on right_in(decision);
insert into right_in
  select r.id, r.decision, r.right_held,
         coalesce(r.for_organisation, post.organisation, p.employer, r.body) as organisation,
         r.post, r.person, r.team, r.body, r.up_to,
         coalesce(r.post, r.person, r.team, r.body) as held_by
  from decision_right r
  left join post on post.id = r.post
  left join person p on p.id = r.person;

create table open_decision(decision, manner, final_say);
insert into open_decision
  select id as decision, manner, final_say
  from decision
  where state in ('open', 'proposed');

-- Posts that lead: for one side of one organisation, or for the programme as a whole.
create table lead(post, organisation, programme_role);
insert into lead
  select id as post, organisation, programme_role
  from post
  where programme_role in ('clinical lead', 'management lead', 'programme lead', 'network manager')
    and state in ('open', 'vacant');

-- Posts known to be empty: nobody stands in, and the post is said to be empty, everybody who held it
-- has gone, or it has ended.
create table empty_post(post);
create index empty_post_by_post on empty_post(post);
insert into empty_post
  select p.id as post
  from post p
  where not exists (select 1 from holder h where h.post = p.id)
    and (p.state in ('vacant', 'suspended', 'missing')
         or exists (select 1 from post_holder_ever h
                    where h.post = p.id and h.manner not in ('deputy', 'being prepared')))
  union
  select id from post_ever where id not in (select id from post);

-- Project support for each lead, there or known to be lacking: a post that supports the lead, or a
-- resource. It is near when it is for the lead or for the lead's organisation; otherwise it is for
-- the programme as a whole.
create table project_support(post, is_near, is_there, support_post, resource);
create index project_support_by_post on project_support(post);
insert into project_support
  with help as (
    select id, for_post, for_organisation, state in ('secured', 'spent') as is_there
    from resource
    where type = 'project support')
  select s.ref as post, 1 as is_near, s.id not in (select post from empty_post) as is_there,
         s.id as support_post, null as resource
  from post_supports s
  join post_ever p on p.id = s.id
  where p.programme_role = 'project support' or p.function = 'project support'
  union all
  select for_post, 1, is_there, null, id
  from help
  where for_post is not null
  union all
  select l.post, 1, h.is_there, null, h.id
  from lead l
  join help h on h.for_organisation = l.organisation
  where h.for_post is null
  union all
  select l.post, 0, h.is_there, null, h.id
  from lead l
  join help h on h.for_post is null and h.for_organisation is null;

-- Agreements of the partnership itself, not one care team's or peer group's own. One that a later
-- agreement has replaced holds no more, even if nobody wrote down its end.
create table shared_agreement(agreement, type, holds);
insert into shared_agreement
  select a.id as agreement, a.type,
         a.in_force and not exists (select 1 from agreement_ever later
                                    where later.replaces = a.id) as holds
  from agreement_ever a
  where not exists (select 1 from team_ever t
                    where t.id = a.team
                      and (t.level in ('care team', 'individual')
                           or t.type in ('care team', 'peer group')));

-- Who is tied to whom, one row for each way in which two people are tied. `mutual` is 1 where the
-- tie runs both ways; otherwise it runs from `person` to `other`.
--   shared team       both have a seat in the team. Being in a room with more than forty others is
--                     no tie; this also keeps the table from growing with people times people.
--   message route     the messenger tells whoever holds the post at the other end.
--   relationship      somebody wrote it down.
--   line management   one answers to the other.
create table tie(kind, person, other, mutual, via);
create index tie_by_person on tie(person);
create index tie_by_other on tie(other);
insert into tie
  with
    member as (
      select distinct s.team, s.person
      from seat s
      join team t on t.id = s.team
      where s.role <> 'observer' and coalesce(t.phase, '') <> 'ended'),
    room as (
      select team from member group by team having count(*) between 2 and 41)
  select 'shared team' as kind, a.person, b.person as other, 1 as mutual, a.team as via
  from room
  join member a on a.team = room.team
  join member b on b.team = a.team and b.person > a.person
  union all
  select 'message route', m.person, h.person, 0, r.id
  from message_route r
  join (select id as route, messenger as person from message_route where messenger is not null
        union
        select r.id, h.person from message_route r join holder h on h.post = r.messenger_post) m
    on m.route = r.id
  join person p on p.id = m.person
  join holder h on h.post = r.to_post
  where r.state = 'works' and h.person <> m.person
  union all
  select 'relationship', r.person, r.other, coalesce(r.mutual = 'yes', 0), r.id
  from relationship r
  join person p on p.id = r.person
  join person o on o.id = r.other
  where r.person <> r.other
  union all
  select 'line management', a.person, b.person, 0, l.id
  from reporting_line l
  join holder a on a.post = l.post
  join holder b on b.post = l.reports_to
  where l.line = 'line management' and a.person <> b.person;

-- What src/network measures of these ties, filled in by the program after everything above
-- (src/diagnosis/network_facts.c). `part` is 0 for the largest set of people tied to each other, 1
-- for the next, ...; `cut_off` is how many people of the same part lose their way to the rest of it
-- without this person. `betweenness` and `effective_size` are empty unless a rule reads them.
create table network_person(person text primary key, degree, part, core, cut_off, betweenness,
                            effective_size) without rowid;
create table network(people, ties, isolates, parts, largest, density);
