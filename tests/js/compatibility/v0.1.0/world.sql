--
-- PostgreSQL database dump
--


-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: public; Type: SCHEMA; Schema: -; Owner: -
--

-- *not* creating schema, since initdb creates it


--
-- Name: SCHEMA public; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON SCHEMA public IS '';


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: _sqlx_migrations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public._sqlx_migrations (
    version bigint NOT NULL,
    description text NOT NULL,
    installed_on timestamp with time zone DEFAULT now() NOT NULL,
    success boolean NOT NULL,
    checksum bytea NOT NULL,
    execution_time bigint NOT NULL
);


--
-- Name: atlas; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.atlas (
    id bigint NOT NULL,
    version bigint NOT NULL,
    updated_at bigint NOT NULL,
    CONSTRAINT atlas_id_check CHECK ((id = 1))
);


--
-- Name: audit; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.audit (
    id text NOT NULL,
    at bigint NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    details text NOT NULL,
    undone_at bigint,
    actor_name text DEFAULT ''::text NOT NULL,
    actor_folded text DEFAULT ''::text NOT NULL,
    subject_name text,
    searchable text DEFAULT ''::text NOT NULL
);


--
-- Name: avatars; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.avatars (
    id text NOT NULL,
    user_id text NOT NULL,
    name text NOT NULL,
    description text,
    appearance text NOT NULL,
    sprite_id text,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL
);


--
-- Name: bans; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.bans (
    id text NOT NULL,
    kind text NOT NULL,
    subject text NOT NULL,
    reason text NOT NULL,
    until bigint,
    created_by text NOT NULL,
    created_at bigint NOT NULL,
    lifted_at bigint,
    lifted_by text,
    subject_name text,
    created_by_name text DEFAULT ''::text NOT NULL,
    CONSTRAINT bans_kind_check CHECK ((kind = ANY (ARRAY['account'::text, 'guest'::text, 'address'::text])))
);


--
-- Name: chat_messages; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.chat_messages (
    id text NOT NULL,
    player_id text NOT NULL,
    author text NOT NULL,
    author_folded text NOT NULL,
    content text NOT NULL,
    content_folded text NOT NULL,
    sent_at bigint NOT NULL,
    removed_at bigint,
    removed_by text,
    author_kind text,
    author_subject text
);


--
-- Name: load_test_seconds; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.load_test_seconds (
    run text NOT NULL,
    number bigint NOT NULL,
    second text NOT NULL
);


--
-- Name: load_tests; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.load_tests (
    id text NOT NULL,
    state text NOT NULL,
    started_at bigint NOT NULL,
    ended_at bigint,
    started_by text NOT NULL,
    started_by_name text NOT NULL,
    plan text NOT NULL,
    why text,
    figures text,
    report text,
    seconds text,
    node text,
    place bigint,
    beat bigint DEFAULT 0 NOT NULL,
    stop text
);


--
-- Name: mutes; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.mutes (
    id text NOT NULL,
    kind text NOT NULL,
    subject text NOT NULL,
    subject_name text,
    reason text NOT NULL,
    until bigint,
    created_by text NOT NULL,
    created_by_name text NOT NULL,
    created_at bigint NOT NULL,
    lifted_at bigint,
    lifted_by text,
    CONSTRAINT mutes_kind_check CHECK ((kind = ANY (ARRAY['account'::text, 'guest'::text])))
);


--
-- Name: people; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.people (
    kind text NOT NULL,
    subject text NOT NULL,
    name text NOT NULL,
    first_seen_at bigint NOT NULL,
    last_seen_at bigint NOT NULL,
    CONSTRAINT people_kind_check CHECK ((kind = ANY (ARRAY['account'::text, 'guest'::text])))
);


--
-- Name: people_addresses; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.people_addresses (
    kind text NOT NULL,
    subject text NOT NULL,
    address text NOT NULL,
    last_seen_at bigint NOT NULL
);


--
-- Name: remarks; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.remarks (
    id text NOT NULL,
    kind text NOT NULL,
    person_kind text NOT NULL,
    person_subject text NOT NULL,
    author text NOT NULL,
    author_name text NOT NULL,
    content text NOT NULL,
    at bigint NOT NULL,
    CONSTRAINT remarks_kind_check CHECK ((kind = ANY (ARRAY['note'::text, 'warning'::text])))
);


--
-- Name: reports; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.reports (
    id text NOT NULL,
    at bigint NOT NULL,
    reporter_player text NOT NULL,
    reporter_name text NOT NULL,
    reporter_kind text,
    reporter_subject text,
    target_player text NOT NULL,
    target_name text NOT NULL,
    target_kind text,
    target_subject text,
    reason text NOT NULL,
    status text NOT NULL,
    closed_by text,
    closed_by_name text,
    closed_at bigint,
    note text,
    CONSTRAINT reports_status_check CHECK ((status = ANY (ARRAY['open'::text, 'resolved'::text, 'dismissed'::text])))
);


--
-- Name: revoked_tokens; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.revoked_tokens (
    token_id text NOT NULL,
    expires_at bigint NOT NULL
);


--
-- Name: settings; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.settings (
    key text NOT NULL,
    value text NOT NULL
);


--
-- Name: sprites; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sprites (
    id text NOT NULL,
    name text NOT NULL,
    category text NOT NULL,
    image bytea NOT NULL,
    checksum text NOT NULL,
    width bigint NOT NULL,
    height bigint NOT NULL,
    metadata text NOT NULL,
    created_at bigint NOT NULL
);


--
-- Name: users; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.users (
    id text NOT NULL,
    username text NOT NULL,
    username_folded text NOT NULL,
    email text NOT NULL,
    email_folded text NOT NULL,
    password_hash text NOT NULL,
    role text NOT NULL,
    is_banned bigint DEFAULT 0 NOT NULL,
    suspension_until bigint,
    suspension_reason text,
    token_version bigint DEFAULT 0 NOT NULL,
    created_at bigint NOT NULL,
    last_seen_at bigint
);


--
-- Data for Name: _sqlx_migrations; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public._sqlx_migrations VALUES
	(1, 'accounts', '2026-11-30 08:42:57.928581+00', true, '\x25f692f5a76edeb42661030e356ab04e5f3115c02a1a576b3f2f20b0a0921c149f23ccc34e490845c5bff286ce0640e8', 58020828),
	(2, 'assets', '2026-11-30 08:42:57.990617+00', true, '\x4bbd46a2ff0902aa6289935825f4aa0f3c714abaed7381e6b9bb61391fb33de6640b22dc69a55f507a5d912582c5c113', 21632099),
	(3, 'moderation', '2026-11-30 08:42:58.009503+00', true, '\x32fb29d5ffeab470f09062071846c50aa8af01de4c18425f483833f6ba944b7b58030bb9701b991999907c615b4f895f', 45829440),
	(4, 'load tests', '2026-11-30 08:42:58.055717+00', true, '\x2a67b520606fa017941e7e93b6cebb4e391b729adcea87e1aff2ccf65ca2bf96e48293cc8dfe63097dad5bca61619172', 7387077),
	(5, 'load tests of all nodes', '2026-11-30 08:42:58.063388+00', true, '\x6290d69763d74e5587e7c23e10fb8ec3bad4dea08113fdd8aaea5c7db992145addb30a7c1cda01ea4e0d692e3f2dbb69', 6102468);


--
-- Data for Name: atlas; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.atlas VALUES
	(1, 14, 1796028181077);


--
-- Data for Name: audit; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.audit VALUES
	('01a22b9f-27f5-7208-b796-977ce970ec2d', 1796028180469, '114d5e80-5c24-4cdb-a89f-ad43b851d7e3', 'settings.update', 'settings', '{"changes":{"address_retention_days":{"after":0,"before":30},"chat_retention_days":{"after":0,"before":90},"world_name":{"after":"The Old Quay","before":"Lantern harbour"}}}', NULL, 'ada', 'ada', NULL, 'settings.update ada settings  {"changes":{"address_retention_days":{"after":0,"before":30},"chat_retention_days":{"after":0,"before":90},"world_name":{"after":"the old quay","before":"lantern harbour"}}}'),
	('01a22b9f-282f-7185-bd3e-a85922f3a1f9', 1796028180527, '114d5e80-5c24-4cdb-a89f-ad43b851d7e3', 'sprite.generate', '01a22b9f-2827-7333-80e1-a1cc2b1f64c9', '{"category":"character","name":"Grandmother"}', NULL, 'ada', 'ada', 'Grandmother', 'sprite.generate ada 01a22b9f-2827-7333-80e1-a1cc2b1f64c9 grandmother {"category":"character","name":"grandmother"}'),
	('01a22b9f-2873-7485-91c6-5ee7625dbba3', 1796028180595, '2516461f-e141-44d0-a9d3-47bf64285328', 'chat.remove', '01a22b9f-286a-7302-8d73-53e070e69768', '{"playerId":"bo"}', NULL, 'mo', 'mo', 'bo', 'chat.remove mo 01a22b9f-286a-7302-8d73-53e070e69768 bo {"playerid":"bo"}'),
	('01a22b9f-28a4-7176-b8e4-4a9526aac1c4', 1796028180644, '2516461f-e141-44d0-a9d3-47bf64285328', 'mute.create', '40a8b1349ca1c09a0e363e589dd62812', '{"kind":"guest","mute":"de8538ad-29c6-4043-91c5-6071f01f6786","reason":"Too loud.","until":"2036-11-27T08:43:00.630Z"}', NULL, 'mo', 'mo', 'cy', 'mute.create mo 40a8b1349ca1c09a0e363e589dd62812 cy {"kind":"guest","mute":"de8538ad-29c6-4043-91c5-6071f01f6786","reason":"too loud.","until":"2036-11-27t08:43:00.630z"}'),
	('01a22b9f-28b0-7108-9a79-8065357e76bc', 1796028180656, '2516461f-e141-44d0-a9d3-47bf64285328', 'ban.create', '715c5888d8bc49c0267523361b7a7eba', '{"bans":["69221940-7cc1-45ab-841f-8630127b905b"],"kinds":["guest"],"reason":"Enough.","sessions":1,"until":"2036-11-27T08:43:00.652Z"}', NULL, 'mo', 'mo', 'bo', 'ban.create mo 715c5888d8bc49c0267523361b7a7eba bo {"bans":["69221940-7cc1-45ab-841f-8630127b905b"],"kinds":["guest"],"reason":"enough.","sessions":1,"until":"2036-11-27t08:43:00.652z"}'),
	('01a22b9f-28b9-7762-88f8-ab82123dcb80', 1796028180665, '2516461f-e141-44d0-a9d3-47bf64285328', 'ban.create', '8bc5df0d-8f96-4fee-b0c4-74119cb9a988', '{"bans":["8bc5df0d-8f96-4fee-b0c4-74119cb9a988"],"kinds":["address"],"reason":"Spam from there.","sessions":0,"until":null}', NULL, 'mo', 'mo', NULL, 'ban.create mo 8bc5df0d-8f96-4fee-b0c4-74119cb9a988  {"bans":["8bc5df0d-8f96-4fee-b0c4-74119cb9a988"],"kinds":["address"],"reason":"spam from there.","sessions":0,"until":null}'),
	('01a22b9f-28cc-7505-b70f-ecc244a3e1bf', 1796028180684, '114d5e80-5c24-4cdb-a89f-ad43b851d7e3', 'user.update', 'bdbb1002-122c-41b3-9868-9487cd34065f', '{"after":{"suspension_reason":"Until the next century.","suspension_until":4922899200000},"before":{"suspension_reason":null,"suspension_until":null},"username":"dara"}', NULL, 'ada', 'ada', 'dara', 'user.update ada bdbb1002-122c-41b3-9868-9487cd34065f dara {"after":{"suspension_reason":"until the next century.","suspension_until":4922899200000},"before":{"suspension_reason":null,"suspension_until":null},"username":"dara"}'),
	('01a22b9f-298e-7510-92c9-b304c293d0e6', 1796028180878, '114d5e80-5c24-4cdb-a89f-ad43b851d7e3', 'sprite.delete', 'harbour-ana', '{"category":"avatar","name":"Ana"}', NULL, 'ada', 'ada', 'Ana', 'sprite.delete ada harbour-ana ana {"category":"avatar","name":"ana"}'),
	('01a22b9f-299c-752e-a668-60dc8ec4b0f1', 1796028180892, '114d5e80-5c24-4cdb-a89f-ad43b851d7e3', 'sprite.delete', 'harbour-tom', '{"category":"avatar","name":"Tom"}', NULL, 'ada', 'ada', 'Tom', 'sprite.delete ada harbour-tom tom {"category":"avatar","name":"tom"}'),
	('01a22b9f-29a5-7086-8ef6-a7093263e792', 1796028180901, '114d5e80-5c24-4cdb-a89f-ad43b851d7e3', 'sprite.delete', 'harbour-ines', '{"category":"avatar","name":"Inés"}', NULL, 'ada', 'ada', 'Inés', 'sprite.delete ada harbour-ines inés {"category":"avatar","name":"inés"}'),
	('01a22b9f-29c0-7353-a267-242a92b128cc', 1796028180928, '114d5e80-5c24-4cdb-a89f-ad43b851d7e3', 'sprite.delete', 'harbour-pete', '{"category":"avatar","name":"Pete"}', NULL, 'ada', 'ada', 'Pete', 'sprite.delete ada harbour-pete pete {"category":"avatar","name":"pete"}'),
	('01a22b9f-29ce-7039-996a-65228f0aca5d', 1796028180942, '114d5e80-5c24-4cdb-a89f-ad43b851d7e3', 'sprite.delete', 'harbour-yuki', '{"category":"avatar","name":"Yuki"}', NULL, 'ada', 'ada', 'Yuki', 'sprite.delete ada harbour-yuki yuki {"category":"avatar","name":"yuki"}'),
	('01a22b9f-29e1-76e4-8683-b2d800e6ca8b', 1796028180961, '114d5e80-5c24-4cdb-a89f-ad43b851d7e3', 'sprite.delete', 'harbour-dara', '{"category":"avatar","name":"Dara"}', NULL, 'ada', 'ada', 'Dara', 'sprite.delete ada harbour-dara dara {"category":"avatar","name":"dara"}'),
	('01a22b9f-29fa-7669-b8c7-c489cacac9fe', 1796028180986, '114d5e80-5c24-4cdb-a89f-ad43b851d7e3', 'sprite.delete', 'harbour-kofi', '{"category":"avatar","name":"Kofi"}', NULL, 'ada', 'ada', 'Kofi', 'sprite.delete ada harbour-kofi kofi {"category":"avatar","name":"kofi"}'),
	('01a22b9f-2a07-73ce-9d07-13d4a486c1e7', 1796028180999, '114d5e80-5c24-4cdb-a89f-ad43b851d7e3', 'sprite.delete', 'harbour-lena', '{"category":"avatar","name":"Lena"}', NULL, 'ada', 'ada', 'Lena', 'sprite.delete ada harbour-lena lena {"category":"avatar","name":"lena"}'),
	('01a22b9f-2a1d-77e2-9009-3210de9cc8c6', 1796028181021, '114d5e80-5c24-4cdb-a89f-ad43b851d7e3', 'sprite.delete', 'harbour-ruben', '{"category":"avatar","name":"Rubén"}', NULL, 'ada', 'ada', 'Rubén', 'sprite.delete ada harbour-ruben rubén {"category":"avatar","name":"rubén"}'),
	('01a22b9f-2a2e-7120-a46f-ceca4b1dc24d', 1796028181038, '114d5e80-5c24-4cdb-a89f-ad43b851d7e3', 'sprite.delete', 'harbour-anouk', '{"category":"avatar","name":"Anouk"}', NULL, 'ada', 'ada', 'Anouk', 'sprite.delete ada harbour-anouk anouk {"category":"avatar","name":"anouk"}'),
	('01a22b9f-2a48-714b-9c72-2ac375c00d14', 1796028181064, '114d5e80-5c24-4cdb-a89f-ad43b851d7e3', 'sprite.delete', 'harbour-siv', '{"category":"avatar","name":"Siv"}', NULL, 'ada', 'ada', 'Siv', 'sprite.delete ada harbour-siv siv {"category":"avatar","name":"siv"}'),
	('01a22b9f-2a63-73c5-992e-6c117053a934', 1796028181091, '114d5e80-5c24-4cdb-a89f-ad43b851d7e3', 'sprite.delete', 'harbour-idris', '{"category":"avatar","name":"Idris"}', NULL, 'ada', 'ada', 'Idris', 'sprite.delete ada harbour-idris idris {"category":"avatar","name":"idris"}');


--
-- Data for Name: avatars; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.avatars VALUES
	('01a22b9f-2805-7387-bb87-0a6720977634', 'bdbb1002-122c-41b3-9868-9487cd34065f', 'Dara of the quay', NULL, '{"hair":"curls","face":null,"outfit":null,"shoes":"boots"}', NULL, 1796028180484, 1796028180484);


--
-- Data for Name: bans; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.bans VALUES
	('69221940-7cc1-45ab-841f-8630127b905b', 'guest', '715c5888d8bc49c0267523361b7a7eba', 'Enough.', 2111388180652, '2516461f-e141-44d0-a9d3-47bf64285328', 1796028180653, NULL, NULL, 'bo', 'mo'),
	('8bc5df0d-8f96-4fee-b0c4-74119cb9a988', 'address', '203.0.113.9', 'Spam from there.', NULL, '2516461f-e141-44d0-a9d3-47bf64285328', 1796028180662, NULL, NULL, NULL, 'mo');


--
-- Data for Name: chat_messages; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.chat_messages VALUES
	('greeting-harbour', 'system', 'System', 'system', 'Welcome to the harbour. Say hello.', 'welcome to the harbour. say hello.', 1796028178782, NULL, NULL, NULL, NULL),
	('01a22b9f-2866-707c-980f-e64d7aa70092', 'bo', 'bo', 'bo', 'This line stays.', 'this line stays.', 1796028180582, NULL, NULL, 'guest', '715c5888d8bc49c0267523361b7a7eba'),
	('01a22b9f-286a-7302-8d73-53e070e69768', 'bo', 'bo', 'bo', 'This line was removed.', 'this line was removed.', 1796028180586, 1796028180591, '2516461f-e141-44d0-a9d3-47bf64285328', 'guest', '715c5888d8bc49c0267523361b7a7eba');


--
-- Data for Name: load_test_seconds; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: load_tests; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: mutes; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.mutes VALUES
	('de8538ad-29c6-4043-91c5-6071f01f6786', 'guest', '40a8b1349ca1c09a0e363e589dd62812', 'cy', 'Too loud.', 2111388180630, '2516461f-e141-44d0-a9d3-47bf64285328', 'mo', 1796028180630, NULL, NULL);


--
-- Data for Name: people; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.people VALUES
	('guest', '40a8b1349ca1c09a0e363e589dd62812', 'cy', 1796028180580, 1796028180702),
	('guest', '715c5888d8bc49c0267523361b7a7eba', 'bo', 1796028180555, 1796028180656);


--
-- Data for Name: people_addresses; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.people_addresses VALUES
	('guest', '40a8b1349ca1c09a0e363e589dd62812', '127.0.0.1', 1796028180702),
	('guest', '715c5888d8bc49c0267523361b7a7eba', '127.0.0.1', 1796028180656);


--
-- Data for Name: remarks; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: reports; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.reports VALUES
	('01a22b9f-286b-7671-a411-d223f835f186', 1796028180587, 'cy', 'cy', 'guest', '40a8b1349ca1c09a0e363e589dd62812', 'bo', 'bo', 'guest', '715c5888d8bc49c0267523361b7a7eba', 'Shouts.', 'open', NULL, NULL, NULL, NULL);


--
-- Data for Name: revoked_tokens; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: settings; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.settings VALUES
	('address_retention_days', '0'),
	('chat_retention_days', '0'),
	('world_name', 'The Old Quay');


--
-- Data for Name: sprites; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.sprites VALUES
	('01a22b9f-2827-7333-80e1-a1cc2b1f64c9', 'Grandmother', 'character', '\x89504e470d0a1a0a0000000d49484452000000c0000001400806000000ea1b736b0000473b4944415478daedbd097c1cd599e8fb9d5a7ad1da5a6d198ce5c41842c016180cdeb01cc262c0b1e06581302f661b5e42c20ddc79e4259e4c90870126732f71f2cbbdc3044858ee0d4b20d804aecdb059c4bb01639bd518820cdea596ba25f55acb79e754aba55eaabaabbaabaabba5faa0adeeeaeaaaeffccff9bef39db53870244dde7affd35382fefe3b5d1c7701cf73a7d26382201e888be28efa2adf9a73cf3daddfa13471f8a38985af38d9b47de7cd1ed6fd0b8665a6ab7d8f313ec832e807e79d3367e3a48534c1f89b6e005a162ccaf2965a4fdd3de5ea4129fc2a97f7a17ce7852231f078f9150be775bc588ee970f897d0002ac58366161284108858f6700ce3cef75b1963e81b18c2531aeb87487acaaa7039fc8df337cd002ac583aa1592585c04b78bd37d8da37d0168f6d500c9bcb2295c0effc2f817640095ea41b50a09d1210d663e3931300424ede0abab2a49e172f89bc71f1592884af4a0b4d008a1e12d6ae1012d08b41069c1c12afad3836dadbeecc2e50fc6dadb66b4cd993363d0aa42e4f0378f3f63143eb5e0cc443006cd88651962adf1f4c4223463381cdbb0eded3d575a9101c1c1813bb562e334da293e0167c147ca678e6755c9312413650c6eff70df3f5a910687bff9fc751b00b560ea79d4bee33856334d6a7923493244a2f1ace35e8f0bfafb879eddb7ef6083d919e06299055adfe134d238c755b0929e165f2dc8b27a1a68e122c7af315b7f87bf35fc751b40a57b509ee3666942608c378564a2e8e1be4118181ac92a5c242469335b7f87bf35fc751b40a57b5064f288073fea75078221a551a6640a01214a12bd97e9e32b0e7f6bf833fa6f58b91ef4f5ad6ffe4414a56a530b24cf8fbd1f0a45944c08935e082a1e8f0b6fdff3ee77cccd7087bf15fc751b40a57ad09e6d6f6ea8f6b87f2961d0dd4d82c52808fdbd10fd6487f2a2efe9b154c9ec75a19930124e9c53e3713120ca4fbdb665d76b66a5c3e16f0d7f5d4a252d9833d057abcb82472d962a4fa58a34c2522d7841c7594f17730faab7d7ed5e9eb81f0b32c9058655cf5b29780ca207b643ecc8478085887a21e4bde09e763a784e5d009cb739ebfb11921e5f4dd558f7a224e1af6ddeb5e78625f33b1e29361d0e7f6bf8e7b5746ac1341146fa9aa9b58a816320911715d6371538f2429c67ec1c3a6871b43f90f6bb1aaf1b045182a94df5c0120f158ec65ebf68f1fc8b0acd801d6fee0d2006d58fe9a59260ea5dc27b37127d8f1aba36e76b83e1d3bb202aa757a275d51e686d4cdc321a1760201092af5a7e215b681a1cfed6f247f92c98565f8af2a47ac4329866c122b1e02f8efbb3cea116dcdc50abbc0f8e44c0eb75df588807cd1c754490dd3c0ceddba8e85c8cc867ae8460d5c969c7dadb9a95ae491a521c3e3e00d3a63614343aecf0b79e7f4e9752e572ad1e4b000d4255ecc88805d38c891e7c4779510bf6a858b04c737954a8c7ebf70f3d4cde1ace005962e6a6dd3bf53df190436f3c62d8eba809f3def35037e50c1869ff9a025cc958e25deb6bab204e86f8a9c4a26227f963d8001cfed6f3677259706af5a536a8422d78e88d3f149410fa1bef8e07a03e7c28edf8508854dfa41aa6e222b19c44489a313a99aafbc85beb4c819f14f6f807c01e7b6fec732496e85e4ca6a31071f8dbc39f29d48283af3d5074f53566c1073729833063193bda38cbb06063d765e5bde9fa27ae1f22f0e3873f04b325b47f0bb806fe369a01425a3adc1eaec7e8f51cfef6f0d7df0d5aa616ac25cb169cff30099c83a959e0fff32f94eadf6c9147e98cbcf70ac4fffa3b9879528b123fd302c4b12c366376a8c3df1afe4ca55b702e198ec5ee1e2b347fdb0d568998d1ba1b3afa37181a092bef9b1aeb6e2ae49a0e7f7bf833956ec1b9e4eb8be6df2f037e2ad938ca25fb0e8761e7672379cfa3e7d073d332404e8fce8747fbd57d7555db0a1d0370f8dbc39fa9740bce270be6cdbd5694f18d61df2ccdfafc50200e0f6e3e06ff6be709d8f1d9b0e6b5e877f41c7aae3f248e1d17323280a93f094f6969b8f1eb4bce5f548cee0e7febf933956ec17a845e63c5c58b35bb7cf71d0a8dbd3f1c886b5e27f5bb9da3192511ef1995d2f5efbaec42c60cbd1dfed6f3cfdb08ae640f9a2982ccfc55edf8a9addeb1f78dd5da4323a9dfcd393931b72b24a623ace26453037487bfb5fc758dad8f5ad3231b567761332df8f2331b342d182c1092e55b79800bb333c0a3e8121164b86066ade6efe9778706e3d04432e2649f8b840e082262baee5e0e3f66b6de0e7febf81b9a5d452d9867e40bd52d78b024166c44ea7c35ff210c0ddf4a1a94f53ca9fcf8d151508191e11b8bcf00beb91d80f7005bed03a68abcf8c4dc195988821c0e803714809b4f1d0429701c70e00408710ee8aad408c2102323a81c02dc50eb7dd02afd1dfee6f337640095ea419372f14f1ffffcd99f5eb5be9e615655492ce9007701d7d006be93be0af199670276a96faa903903810d8f00f3f97e18fae24388fa8f815b8c839f24c3cb0b8f2ff9d913962c8677f85bc3df900154ba07a5e2f6d4fe420069a17b5ac7a95c7d1b209209c0308091fe5a5fe2ddc07b6ba161d6b920cf1420327814c25fec0d7cf39e3f5d6fa5ee0e7ff3f91b5ef8402cf8d17a06a559b03b8f05431e0b96150b96c1eb121efbe6bfae339c08a3f2c6e3f75fee9ebde4ffb06262e297ecad2ae83a4c24d19b22720cc807772f5df49defffd56add1dfee6f2376c002f747fef1416a4575b332c383a6d26f13ebcbe8b0802788e7c46d7e5812c252cf88862c1ffcbf4dd08b464cb330f5cc74e9ff7bf935eb250a1de35defbe6aaa5d7fcf0713bf476f89bcbbfa0a56f95ec415365f3930f74c294535f75d5b716b460251e3c21d504bf9875f65537f4daa9b7c3df3cfe0575772dfdde3f6c10bf78fbef147005c24f661cbd06b560bbe153f9a76353f7fce39ea19b0e7db237280b31fd7a13af73e8c03bc33fdb7ae4c777ec758f80cde2f0378f7f518b9f2bd5832665c9fdcfad271deb2be9fb4656828bebc3705a733dd44ffb92eaf9c1239fc247c706e0a5130c0c086814207a757bf7aa8b4ba1bfc3bf78fe45adb2a6162c1f1dbae9c7271dfdcdb419a7d733bcbe4618b5e023bd1f0eaf3d807ec649f67bd014199b733f401a954f0f902ec40112567cfc8972acc39b0811f644125e568e92de1421a3ac217c72a99477f817cfbfa81aa0123d68e7da753e21125989116a675cee6e23bf95e33190633195e342378351afc7cd3edfd37d43c0aeb438fc8be75fac017c4632a05deb7b750bcedc94153eda7ed7f55f011b64e1bffda90389e2260cc88748cf09d2db6b922703b020029695066980f4a52fdb76ef2d7bec488fc3bf78fe8643a0cefb9e6c2708572937ce013f15fc98a8ec6086319c3e7ff54377918cd8e3e5b9372cf5a0a2b48ec24fe4bc7997a56338a36bc97d128675e4ef4cab92403d683c165b4ac07598c95ff9dac53db6a3dbc2f64019f237a4c6c2fb9ebc9e94fa47123735df828932bdc8cd2fb3221316dff764a78c61d358c259161067ccfe713c0e522c9a7d9ce88e85f1d9950c8b96edf897bfef313b0dd483d24244deb65be441a98ddcb0e3de5b1e9d2cfc75778352cf83305e5b98e9e4b76025212463e598b00e2c10c2a833fd9e05f400b31adb9067ec5b28cb72a715690051a6cea7dd2afe8aee18d676763fe29b2cfc756b214462d78f555f05e680d6969319f3403aacc80092d28e0c6a394faf96e270e3a16dca8bbecf99ae8c6b91747698ad3e75408454870dfc7d919878bdd9fa972b7ffd1b9602fe71da4d4cb6e0d489ee5151a409e8013305c35c231970cdd13761e1e027a34031fcfee445392e9df119c30c3059c468b4c32efe90c8eb5f4f06feba282ab1676683cb420bb648da0b2d3c11d695f71c945eb84caf0154a059c69f86a20b573f68761adacb91bf2e4d9028dd6e3403a8052f1a3ca0bce8fb5c927fc56b71421b60e9bae7ffcd536de7c1b68659caebf9d6b96a903370a4a7e2829f3fd46969a22ce62f6274fb64e09fd7004663cf956937b3de824d158c3363c2fc3910223ad36a97be423af4cf9ccf8e25eb6a017bf8e39566b5c5ca997fde36403c1aed82b4c62fe8b6e0a4e8b560eb6a025c7cfc9caf0065c4d1d8ca30c81efebe685c20790f8f4e64fe790d807059850bc881a405eb46a458b00c5608e9bd9a9b56d15bd0e6c86ec7e0b96099d8c39f342657996100e5cc3fa729d2515fa27667d6cd2cb260eb041bea82a3a2d588d4f2a22ab557d9844085f2a7797f41f723ed13997f4e9271c0b76bd002b3c52a03c86c80e92d3c461a915a99635943d846fe382e14d5182e77feb9b5c16865a1196082059b22d90d30e3a2a711a9a42df3de563584ede48f61e544e6afd9065872efd35d12c8ed59373160c17a07325233074be4ae12326d241863ec4b23a3d37baa3522f3de8b4e364bd9bf0d23d9c474d082846de19f6118edf37ff670d7aefb6e5e3f11f96b1a800c72179824462c58f14448a2965b10f0ac6b221448eddfd01b6a69352211935d4852af9dea491940bd6631cc2a4856f2cfbe7b57a1f951eefc350da00e470241e455bb8bae049861c166c8cf479e0a7cc49d04c7990638c8b6c0617e5a717d4d391e4acd10fca7c000b4233f19f61c8099e087e560b294807f3d0a173c45bddcf96b1ac06da1bf2cddcbcf847d5c3b51bc35cdcaacb660333d2781dd7e9a78184e83c3cae75f79af81285833e8c633325c8f76a4dddbb48b33d04be1d8e9416921ea408748207d68e92b1394bfaa01bcbcbaab4324dd487385cf80be024c35ece267c311a6297ad4d5d64f2015be0e93c99d81cd103a1476f94c097fd4248af48503b4e1f89da36f29ef9f6e3b57d768640c7319050a4c5bdce3f278d6d785fbee1e408dc5ad41cec51fa163d3d1a0ef241cf45c803e031f8c3d6eb58396894bee5d5ff44ab772e3afab45e593437049ec1d58157d753fb96a0d58246e46821fa13744335785312e65204779d2ca417eaaeedf15d20d47e500db967c1b443c9866c83d775c15f87e6883e841225825c436aa6f44dbf75f863e482dfc139abfaa01504bc708f6667d81812ec2d6d5b36164366286059bdac9bdbc7b7d2f713a1de4aa8fc591ab200f96da88cc1782907beca3f7a2f7a4f706730519f1a046f9cb186a691e67653b290b857aff72e7afd906a8e2a1331257602c4d947d58735fcbaa1e42e92e3d4a17d20d47653b7bea56305946415cbff8fe3f7783ce1142cd4624933b7efd3377ceab77fef36ffe012c90ddeed93d30ba1edb2afef7d67c6bd7ea9167d6906296cce737485928aa47b09cf96b1ac0b2eef5340ce94c3db678edaace420018b1e0d7bd1d7f843210a37369ec9097ea163c4a1cd02aa3bf33c29fca15f7aeef267fba27037f63ab9295b5964576c3e5b16049142f227f36589158ba54ceeab507488639965ddce16f3affa27686cb25e5e841f5b65f8aba0782ba7248abc35f9f189a5668c562efac7b58e84189ef2c7aad6ebe1082c4db75d6e9eff0379bbfa11aa0d23d283663602acf5c1cbad19485fa3bfc4de66fb006a86c0f5ae9e2f0375f0c1940257bd0ceb5ebdac126e9ec7ea2d98aeb3afccde76fc9f360cb5588ef7b1e8d8e4a5a210c422374b765d1c534561e9dc9c95ff7a82bb56051c69f99a1a8383c94f37b0fb85a7ababfdb6f152892960e51a6d3bd51278c0ef41911293432b69726892976118a5b3c0cfb4ccfcfff6e87853a3bfc2de06fa8114c2d98ea4faae27a2bc0500b2655f08e510bb62c037aeeb88a0ec98f0dcb2f5ebbae93a4cd47a0762498a276a2477b5ada11f4628c7be97bb7cbfb9120c787b6aebece92fe7287bf7dfc0b9a7733ffa6d537cb083dc4b5b401d73ccdf0efd32c58123e04deb5d16a0faa26672ebeac9304bd7791e0ba73f410c914b4febd6d2fad493d6fd6f2dbdc2cef75b9faf7fd0403be1292c3f9087a48ceac796fcb4b3d76ea9df4a05888ad44bcc770d7682a7f79d80fd2a01f5c3cbf6afbefd6d8f2a4cb72e25f9001ccbd70c525920cff99fcccb54c05c4bb81ad4f845e4c550d70bec601545d3756658bc70fb54b417f93023de0571ed420f625e68823d67b83cbd7faa7b75f78306c17fcb3962cefc292acbe1335c3ee12eb67dc9a7a880b1efc1dc8d23c558825d69f6b9946f8bb80f525da7e9cafb98f6d3de9f3e4b9f27070963434582f87134f43928383401f4a27f61d1dbb9ecbcd5cb8fbb5e7374f36fe05cfbc3cf3c295473130aaf35be9264bc433fd57c1dda03c79900b1d5d01f188f6243a848645dfcc65c0b17140dc70b5143e6175613a6bd1a583a49ad5ee577779d788d56d2f4c04fdf9d8e0855888fe0a63a45108b05fac6dbb7432f22f682a44676737d7eff32f46c1e3df0639be305d17e630e36d792ec6b0feb183a2382fe70531ae656383a749d0b09f54d04d21609bceecba2dd01c683ad8d3d36dfa04f8394baebc4896849c834a4892664f14fda92372f3d2a572a4ff6a8ce593d24e645cdbc4aaa69713e9945c938dbff1472491c2df577f74b624305e48807b39df6f10621b719e95602ccb70a90bf54441f491fbb8c9fd3e363313a8fe01eedd2fc9d13c951fc3364d14fda9280ea97aca437aef3359f81b1e0738527bc427898cd7d08fdcde67e9def498e1545f24b1fe3857ff7ee6cfe87de8fdc044a1d78bba5b77d37b6aea43f7cee13d2f4d18fd0b94c9c0dfb2d9a0a9a2bb0ab65168cccb85fd97e809e12a5dff729472e16fd800a60d4f0bf4d5fb5b255134540b18ad82a9b01c17991a9c12f8d844f0a9fa8b3a43b889a07f213219f81bde9fa2b7b747fe6adbe583116fd84b5af11eb0485816055b865a3e35bb11e6e8efe89f2a452d409fb7e296aa105bd50a58ac4df4201429a3dd58624c3afac9c6dfc6c06271f477f4376d07063a5ae7e1191f06a15604cc2209f26e9f825918e148879780c5802cba87ed80eee8efe86f8901e44b1c1dca968448bc94901dfd1dfd4b6200952a6fbdffe929417fff9d2e8ebb80e7b953e93141100fc44571477d956fcdb9e79e66d9843147ece1ef1880866cdabef3660febfe05c332d3d5bec7181f6419f483f3ce99b371d2429a00fc2d35002d0b1665794bada7ee9e72f5a0147e95cb9bb7cb2d148981c7cbaf5838afe3c5724c87c3bf840650291e34b390d035b322963d1cc3b8f3fd5626fd787d0343784a63fd10494f59152e87bf3efe961840a57850b542128b8be076e91f1f3cda1780665f0d90cc2b9bc2e5f0d7cfbf6803a8540faa5548880e6930f3c98981212069075f5d55da71bb0a97c3bf38fea8d84454a207a58546080d6f510b0f6841486e1d928483f3e84f4f686bf565172e7f30d6de36a36dce9c1983561522877f71fc0bde152269c19989600c9a14cb32c45ad3b7ef2600660c87631bb6bdbde74a2b322038387067167c94bcf738129c053f71923c7a944216e9d3565428322413650c6eff70df3f5a910687bf39fc0b32006ac1d4f3a87dc7716c9abaf9f24392648844b3f7aff77a5cd0df3ff4ecbe7d071bccce0017cb2cc83a88b3dea8081e8586e048df200c8f241e22e175b9340b1749db3566ebeff0378f7f410650e91e94e7b859c55e83169cbec030b0a4c0557b5d9ae79090a4cd6cfd1dfee6f12fc8002add839af1a0757ed4d38649636b70387bf969b270917b99ded3e6f0378f3f53d8cd2bdb8312cf56f4145f17cf8fbd1f0a4594de8854a11943c5e371e1ed7bdefd8e99fa3bfccde35f900154b207ddf1f6dedb190635157b9dcc9e169a09c1d1744844efe070c2bbd6785c0c88f253af6dd9f59a596970f89bc7bf2003a8540fface3b1fb693fc5c6bc6b538367b2d11f5a88220417f60843092c1e3e695ee451a4f4b12fedae65d7b6e30e3de0e7ff3f81b36804af6a0712c748349a2d5d7de171882b890289f4dbedab4f3fbfd430f177b5f87bfb9fc0d1940a57bd0e8de57ef0f6e7e2c14dab711629fef01395cdce388dd2a239661d2a5e875bbe0a4298d8ade497191732559628ae95b77f89bcfdfd0a278bb2c9836be7258f02385deb37fff966bbd8c5c2d9ef874ec185bdd00fcb4d3c133e36c60eba71aba1ea3b1d73e8daf998c403de9956251b193fc29687a84c3df7cfe866a804af7a0e46e594f8d934283103db01d02affe3b0c6d7e0484fe5e285622b1ec812551948abeaec3df7cfe866a804af7a03c235f98eb7be1c467cacbf7f55b75a585161435d8919890752c34daa8747bb81e28501cfee6f337540354ba07d52b343dc58894dcfa7d548264c08916201277e36266873afccde76fc800f458f0d01b7f0029784cd7f5a805ab6780f91ef4cfabbf79b3ee0c38f80e60319af73c56c7cc33aaf7d048a277a5a9b1ee2628421cfee6f3b7e41961e5ea41d5a4e7e3201c38112d280dae1cf3d6e9bcf67ed2ab32104cecc9efababdab6647e47c10d4887bf35fc751b40a57bd0ffebde67b3fa8037bc3708cfeef6c36f5e3f02fe50fad852e4c00e5d69d09263fea032cb92169a292d0d377e7dc9f9453db6dde16f0dffa26b804af6a0a97a0f646400162230bcfdc99cbfd76a447a5c7c8c7421de3f6d6ac38aaecb2e64acf4fc0effe2f8eb36804af7a04aa6cacc5f533f375673aaefc7ce273175f413edc79669f5a5b32cfbe1b245e7febf66860b0e7f6bf817b53d7aa60537a5242269c1754b6e28c8821beb6bfe076d709959884811d9ca038c3524bf794e6246c1dc93abd3744f95d0de0d805c1e709fa2ff59741e8e7d0c6c10877ff1fc0d1900b5e0d49e08bd16ec9975011462c160b2d4f96afe43181abe95f34dade7db4e876a02f687174d0544baf83cee3a60e251d2cf1d04d15b0dd2f07190c967e1e84730f2e67320068e42f59ce5f981b28c74d9450b7f0d1688c3df7cfe860ca0d23de8c53f7dfcf357fef83f3fac3b7d495a89707df12930d101e5bd177890c005c2acd13527672c0389c08f7c4afada5f5a9b77d0a9a6cafbdfc02271f89bcfdfd05cef57fef57ba7100bde97b4608680a58ae4b3606abd9e5317a85af0275f1ccfb2e0efacb8c8b227d7bcf2c8afceaa6a9ffb2657d732b66d08df7f14d8e1e0d83942731b48b5d9cfa2c64214c21ff4c0910f76126f8c807579c17dd25712d76099887bf69207aef8faa27fb04c7787bfe9fc0d2f762016bc5dd582c5f1c113a9aa068429278f7f1eb560b1ef609605676680afb6fa5fafb868e1cfc042d9f4d8fd577a4f5bf202e2c79fcf80e231fa64429039e26353e6caabc9f0a1fdf0c51b4f8f171a04b8a516cdbeacfb994fc06271f89bcbdfb80154b0074d952dcf3c701d3b7ddeff66f8c21e5212f8db5e38b2fd79057e53adbcf0f2eee76c79cabdc3df5cfe052d77ab640f9a2a9b9f7ca013a69cfaaaabbe952de4f7c7b73e136a087d3a7dc9cf9eb064e32b87bff5fc0b5eef59a91e544d363ef3f8df7cd34f9fa9372d32f1a4039f7ff8f915df5e35a3543a3bfccde15fd482e74af5a0a9b278edba4e90f1a64656828bebc3705a733dd44ffb92eab9c1239fc247c706e0a5130c0c083484e0afd8bafaba0da5d2dde15f3cffa25afb4baefd410fbd46a116fc8dff7277c93ce8b8327227f50303120b4f0fd492112519e0e34424d0e14dcc81d913496cbc2a47a344f7f1b22689e245e44fc90cc0e15f3cffa2bbbba805dff3399ed978f8a0510b3e65d1bd7fbcbc941e940a42a81d6bec2595043f261993c71840252f400effe2a4f8fede0af6a05408fc76d5e3a441890511b02c0362086a95896332c6d3a1d4e2f02fad0154ba0725b2540dbe9cb22a8a6602269f118b32736f7ea99577f81727454f87d6b260e29988c78981148e282f399ebdccaed41eb473ed3a55dd715c50ff81945dd216dffbd4ec52a641953f3948798fb127f900198b5c1cfe261900a85830cd002916532c77ec1019aec7929c795e493da8081ad5af864bc5aac7a4a2f7e9349b3ff59e38650d2fcd079a1f590970f81767005a162c0b8296b669db775329a90755e2e7e264348e2e89a8f1c7843d56f1f64a7ec86556839501ffa20c40cb82d5408fdf91cdc897d279501a3f177b0d02d0572afdb3f8d3d047c8b16d2852b38bc9cdbfb81048cb82f3ac3545cc78dbbb941e54b3fd62040186334ba57f267f59653b938c12977568b2f32fca00b42c98c9331745d9737b34142aa50725c5616eb1d760007fa564faa7f0c7a2a81efaa49eafb21fe864e75f9401685a3029e04cbe475d8e8642a5f2a0247ef66113329fe85fdbd9fd447329d230c65f097d84dcb8697ea8d400939d7f91bd40789ed63788d40208e50f854ae54149a4dc012689e02a4d6f4ad2832aa10fcec59949e4876a0d30b9f9176c00d48209da9a9c17d778f6d478ce20926fa8241e14c9c5c79f492123965fb65bffa407d513fae40a494b5583950bff820d20161ccabff0986580e1f285421c083c7c0d6c161234b41794712a5e5446e665a65e513ca89ed087f267736773296ab072e15f90019cb7fac10e3258b14a97c224f6cc170ac932b6e461d27934eb34313717dbae3df1a0725cc81dfad0ce063eff6c9752d460e5c2bfb01a40941f41acce9fd20671be500860ce82bb9fe8023b0541bd7997c27560b3c8a270199d3393337329f70ce7532e3558b9f0376c0017fcf4814e62721d0cefd2ff23622c88cbb76603df0e760a36af11462291d3c16621b1ffa539335647e8335e806039d89e80f2e06fd800bec3ee99ed26550030c67eaa34c47244425f910eb7804da2358543576161d40dd9ce86e4a6ee2edf97a5639e5c255a4fe8931417966cadc1ca89bfa152bcb1bbab7d363efecb5bb96d0ce20ccea4d608853c58804b843df0cdf8b63336aceeb26447b54cd19cc2915280348f6b8c72dbd9908cc4a1fbdae85f3d941be59795a92aa14f2e8961e6249ab776e95f4efc0d9562390ed793dbfbb4ac30af0d90f893e64b72b2df0cb90fbe117f93f4e58594cfe4306d585b1e0ad106648eb6239c830e418d3094757cc45507efc029aabfb1b921f963facff9e201384d3a027f719d0707999671c6ac76fed0bc536b3bf8c5faebc89f7bec50be9cf817b42026c0d6149e7a1a9792de8b6f88bb61aed49b0e06cc7d2ab99624bae0b46f5527876189f07ed6f1cddc5ccd3ab3240d4900c5797c2fd6037bd97678b16621e4ad99353ce807ec49a7d8a57339f1371402312e7894fe0d32d5c501c032f8e491ec2f10ac071b24df2cc418e332743c01d2bed5557d5ce396cc630d4c040c87a529b287997ec42efdcb89bf210358debdbe1731b0cccfd617f77c4e224ff3e7c37ea66decf3c7ccd4dd97dfb3fe7ab041f2cd42dce5f90a1ce71ad28ed1cff4b8d698869dababfe54bb6ceb9b9ef1190c1fbba6c3b3b5cb8abae600aab2ad215c4efc0dbb8ce5ffb2be67c9afbef73ca9c756411112051e9ee6ce1ffbcc30cc6700ff017608413803e739e7f7f52b607ef4437093860ff53cbb92054ea3fd63e758c0105b3df595eaf380becc123b6bb072e25f509d59cc3cee72f0a018f4e9bfcba37f9e989d63010e7ff3f81734124c2db8e0d4978107ad7471f89b270519805e0b36744d9b3ca8b2159f4542379ab2230d0e7ff3f85bf62084892a08d9d253eb884dfc0dd70095ee4151b1ab90724d0141d060b5fe0e7f73f95bf2a4f89c004aec41b12c9b36092b5324413c07ca5c1cfe451a40a57bd04a1787bfb962d8002add832286d943feec35fdba88d9cff2dc6eabf577f89bcb7fd2358237df71159d6eb19e4ec99564e8c280e9429ca5063331b10e17a15d2cc3bc8858fee92dabaff97872109c58fc0d1b00b5602c636ac145efe992765d62c10ccf5aee4193d273c755bde40f9d7efd6bbac09caeb145327460907d44195fd6820d047b485f610001136079cf475c4c7cabe7aeeff683cde2f037977f412da2398b96df0e55d56bf969ed405f5cf33443bf9742238a05cbc37ec0fe1383c2892fde86f0c0dfefe979a9174a2c672dba740d06742b81ddac524afac980d1bfbfbbf53fef2aa58e1d9d5d3eece6dfe5a6ce38b958fe7260e03379e0d813bbd7fdfee750066237ff820ce0cc8597be0329fbba20de0dacaf4979d1f7887729efa9b035f51fe378dc279c38d48a853860210652608080f72b8fea194f1b10cb466797ca08e6adb8a52a3e78e8612c4bd7e685c6f17f116aa7ff33cbc911845c31909911378e0cbffdc283615b0ac992e55d5892d7e9e14f741d0149f288837d5c6efee87fbebbf5a51f4189a454fc0b3500acfb64867b0e64f16a7de7b29bc4e6d937564be1137614260a3dc456b5b210f7c1c8c019283cf847bdbfc5550dd749ee86fd690739364e7267d86afdcf5c785937d1c0f45a48aef67d5bae6e7b7332f12fa8118c386f5006a46b553f8b6422a2beeb62f93410624d21609bceecba2dd01c683ad8d3d3adefc706a4b3b39bebf7f9678404d10732f18854cf58789e2106627436b8213d0344c945020ccbf5e738ef0141b79e11d25ac4ba7afb1821f6555988fd6d32f1670a519ef5f8be4562313f42b936a5c131d2587f9e9c314857d2e87961861f5b6a2612387df54767d3fb990d9f5e975e3f0d04836af5ea09ac8b8063722e8bb3527fa1a1f51dca9632d6c44ff246c9239617f5a62b354d9385bfe1c41da93de26364ef00f0de4bf39d4b2ddb2d4b4d62f8c4f7002377bef349a66e4afbbdc878e9fdc85bd37a5b14fd45d69b75efaa29cf8aa11337d17e96bc7a222c216ff3cb79d36fa1fe52f5d4bbc9c7bbf39dcf878efd13966165de0b1363ca4cd364e06ff938408c61fdeeaad66fc8d1818bb02c9ea1ca1e601871ee2d714fe34e2891287a56b72e97c32413b07c2e2d3b5927612c301cff26785afe40cf870a1081188a2b3af03216638b496d5cabca9fe13e603c8daf95324da5e26fd800a60d4f0bf4d5fb5b2551f41a491c54b5fcc9e8bd588e8b4c0d4e099839c2944b7f45cf9ab67f33eb5e76ebaf25a38e6567b9eb5f0afe86f737e9eded91bfda76f960c41bf6620c1eb0485816055b865a3e35bb11e6e8efe89f2a454d0d4c766301166b132df02265b41b4b8c49473fd9f8db18582c8efe8efea6cd8d9db5fc36b787677c18845a11308b24c8bb7910666184032409580cc8a27bd80ee88efe8efe961840bec4b1bcd72509917829213bfa3bfa97c400ca5dde7affd35382fefe3b5d1c7701cf73a7d26382201e888be28efa2adf9a73cf3dcdf6496f0e7f7bf84f7a03d8b47de7cd1ed6fd0b866554b705c1181f6419f483f3ce99b371d2429ac0fc4d31002d0b1665794bada7ee9e72f5a0147e95cbfb50bef342911878bcfc8a85f33a5e2cc77438fc4b680095e241330b095d1b2b62d9c3314cde116a99f4d7f50d0ce1298df543243d6555b81cfec5f12fca002ac583aa1592585c04b74bff38e0d1be0034fb6a804f79f044a90b97c3bf78feba0da0523da85621213aa4c1cc2727068680a41d7c755525295c0e7f6bf823bd89a8440f4a0b8d101adea2161ed08290f741dec973c9cb1f18813849735bab2fbb70f983b1f6b6196d73e6cc18b4aa1039fcade19f77e65dd2823313c1180c9e589621d61a4f4f20423386c3b10ddbdede73a51519101c1cb8532b36d6a49de213308c3f85b489149e292d09f872cab3491992893206b77fb8cf9247bd3afcade5cfe4b360ea79d4bee33856579a92c961190622d178d6395e8f0bfafb879eddb7efa0e97bd2b8586681d677a298f198209cf5261b164a424370a46f702c3db47091f7d798adbfc3df7afe4ca55b702ee1396e96d6773286a2449264384c3261606844794f429236b3f577f85bcf9fa9740bce59267284092e57714b21f8510f3c100c2929a60f65375b7f87bfb698c59fc97d93caf5a0af6f7df327a490683eccacd8d2eae2c7d76b84a3311a4f4b60b238fcade79fd3002ad583f66c7b7343b5c7fd4b095bb7e22db307662412e55e7865f33a33efe1f0b79ebfa60154aa07a57a7bddeee5897bb08a77334be754e1549ec53b148a76bdb2e9adc566a5c3e16f3d7f5503a8640f5ae572ad1e034edd5a4a0a31b24effb17444471e2df6da0e7ffbf8671940257b50da678e98f4fd8a189a0364b0244c460ca1c8b8392b13c8a0124f5a96d53802ee91c3e03ef496dc16efbfba986b3afcede5cfe5b7609c6ec12625228f05cf2ae49ab2c4a86f184bd251e575835922058f41f4e03b50dd771070e00848a4680e469502c59c38b28b16de7d855edbe16f2f7f4eb705932e33331391b4605992c02585410c0d00048eca6dd34fbd1a2c1033ca8ed0df0b910f378170e2b3b4e36cca952322a2cf4ffe6521d777f8dbcf9fab740b4e2b2cacacf9e0055c6416509d87def843def3c222a3ffe1b619e2f0b79fbfeead11cd883fa9050f6d7e0402affe3b440f6c57e06b587041b26cc1f90f136f19d4ca826284eaab59706d5858e7f0b7867f9a01e4b7e0c22569c199d557a614e341a90cc7627783c982c5a8e231b544ccc8db0ddd575f50506638fc6de79f660013c1837e7dd1fcfb65c04fd169b266899aee074e44a1e7e3042a5136477f87bffdfcb342a04af6a04959306feeb5a28c6f3c313024f50d0ec117c7fc45e91e39b023ed983f24c26f5e3f02cfeef6c386f70641c8c880cbbb9fdb51e8fd1cfef6f2672add82b564c9fc8e47565cbc986b6ca859d1e4abbd9f78d6be820ae4f627010b91b46303a1f1ddf63e26e9884a4e0d56a9fc392d0bdebc6bcfcb81e0f043a403828dc604983eb5a9a01be4b2602ae1b80c8b4e6b2ed882f3c9e852b91777bdfd2e8701ffd850c1f964876accec758dfb8dbaaaf44d8cab38f9c3627576f8dbc79fa9740bd62ba43b7dbd91f3639fef81d0de0daadf9dec73c12d4ba6c2fc99b570d1575bd33387c38f99a1afc3df1efe79e79a54a2075593f3ce3eab67c75b7b0e23c49c94efdcd0be8d4ad8c0f9da806f3b1d189707d8da29c04542e0f6d4834c3e2f8e0dc1f90c07d1c1e320c5a3307c783f8883c77043adf74133f576f85bcb5ff7642b6ac15806dd19a0c782f71c0ac1d233acf1a0aa6960991f912e0fd5095fc9c121e1c847c0b5cc00df453f00d6373e459e3f7e08581c271de56160c8ab9ae3213ebd1daaa6b42bdfb7cc590a431f6ddeb9e4ba1f5ab230dee16f0d7f43751fb1e0436659708458b0a062c1edcdaea6253f7bc2924244657bcf6b3f18daf79f3f6564e114fa99dc732c44f0ce5a00de339601e2b3b7ad678783c0f71f1dcfb0da7a109ac733281e3c212df9dad72d7de28ec3df7cfe860c60e73bfbbaf45ab0f7cb0bb22d383c32f659562cf8cb69d72016bce3e2eb7eb8002c9617babf730e1b8fbf4e9a88cabc1bc47ba1e6bc2e70b5e519031204604401304bc64e5de35313e8f376c5cfde5eb6e4da1ff458a9b7c3df7cfe865b3f95ec4153e5d57fbafabca82cbfca60a8ab39f72a70cf38bba0eb50f8f1de37572dbde6878fdba1b7c3df5cfe0535ff2bd58366ca4bdddf9a25349ebebb75d1b76a0bf93d2d3435c12f669d7dd50dbd76eaedf0378f7fc1fd5f95ea41d564e3338fffcd37fdf4990cefd1adf3c0e71f7e7ec5b757cd2895ce0e7f73f817d5015ca91e345516af5dd70932ded4c84a70717d184e6bae87fa695f523d3778e453f8e8d800bc74828101818c50b9f82bb6aebe6e43a97477f817cfbfa898efb2ee673e217fea363e736ac579d07165e44eea070624169e1e20e5684026a3439f285f7578c3cadf3d91c486ac72344a741f5f4a2889e245e44fc90cc0e15f3cffa21b3dd482eff91ccf6c3c7cd0a8059fb2e8de3f5e5e4a0f4a0521d4ae35ed26097e4c3236e4640095bc0039fc8b93e25bfd15ec41a910f8ed59c72489f4ac888065990c4011cc3c470671b21791cb184f87528bc3bfb40650e91e94c8d24cf8726c7c13599a09987c66dc2eb5dc9b5f6ae51dfec50953ec05b22c981c90e37190c211e5254763d44ba9feb6d41eb473edbaf6acf4c405f57492e36a9ba72dbef7a9d9a54c839a07a5bc29f7b13c20f9012a56e2f037c10020c382a9f5e2948d5ba9054bb1986a0694da838aa052fd6ab853e5b84a358c412a680b11136569a64550de38c5e9d0fc48f5aa0e7f930c20d382311968c16ade1ed39e8732f4a04afc5c9c8cc6d12511350f4a39abad9e54f2456547ddc9cebf280348b3601afa08628ec4969f07a5f173b1d720007da5d25fcd83e6da361aab7c37d9f9171702a558b06a159b9a5846fd56a5f4a0aaf1b3510418ce2c95feaa1e34cfb39310c339fccd3280a4056351540f7d52cfd5782260293d28292a730d9daf528331808bda46c40cfe69faf07cbe1f91ff1987ff78fa0b17c58295d047c87d135af83536bb2f950725f1b30f9b90f944ffdaceee279a4b9106550f4a3833f91e3fcab00e7f330c805ab012fae4d8c020319091f04a6a168c0097240348fcdc61d6b50457697a53b43c28e59df711a4a3a150a96ab072e15fb001500b9645d1972ff4c95725132f56550a0f8ae4e2e3cfb13408e297edd63f9f07655cae3c00906224a5aac1ca857fc10620ca7871ded087e3e8f339f35e2b26467f03360b09dcda0bca38b52179645e66eae69fcf8312ee0affdc19a4fc29450d562efc0b360032d2b82667e8433d0caf6fa6858ca5ef9eb7fa41d3aa449d283b4dcc4d531e8b64487b1d1e549943933714624b5283950bff820c60c1dd4f7491d0e79c9c17a655b00a7c350b56baee44f911b05310d49b77295c07368b2e0f4a1bc4794321520418e6eb76eb5f2efc0bac01f0ed392faa33f419cf277a2eeeb8e0a70f74825d82cd6b849176cce960b760bc52d779241f509ea7ca63603aedd7bf3cf81b36804ddd5dbeaf48875bb44b33e80e7dc60d00819b54015dcc7b53c106519b42a05b5746bd30d9dd90f480a87baf44a523224724344b3e66eea3672a88bf610388c4a1fb9bf16d675c22ec010fce6e046b853eb90493f36fe5b63167c1e107367677150c47afa84e2118239ce7b8c648ab9d0d49ca288a5cfa67726a844234ff683e5e1bdbecdeb0baebd776e95f4efc0b590fa0ec4e76be78004e938ec05f5ce7c141265121d0f85e35c64f4d076d7449d98fa4752576a9f7913ce9221f2dcd0cda80d46abf9f830e418d3094757cc455077be154cd6bdad990fc426eb9dd709a47f326c97e86dc07df88bf49808792675c4ffe317cdd4ae75fd482180aef7bb11ed8cbb6c38b350b49aca9e3721a167c986d8453a5a36087241a90ea7ad4c9615822bc9f757c33977bd4deceaed0136c434123a87451095d15b622ba0be64abde9fa93dcb34bff72e26fbc118c206befc80626a2aff0e79041f0262ecf1bdb45b810c9350b31c6b80c1d1f0769dfeaaab7bda7bf57f08f8903f2c923d946c5d4177ecd0ae66fd800bc3cdcfe996bdad8fef11f9350f4d9da654543f1a3fa2031a1b39777afef058b25d72cc45d9eafc071ae21ed18fd4c8f8f669eeaefec5c5dd5c7d6d714f3fba7f9f3613f33be2bdc4ef6cbf0a0ab73ab5dfa97137fc36e7b59f7fac0925f3db79f24a2a8c7e864cadbdccc577ffbcf77ed011b84209c91ebf92bbfaf5f01f3a31f825b8e2b9e27095f118d5e083bc70272ad03d62351e0e169eefcb46376d660e5c4bfa0b8a59879dce5e04131e4d73f0dba3e26b68d0538fccde35fd04018b5e082535f061eb4d2c5e16f9e1464007a2cd8f0356df2a0ca567c1609dd68ca8e3438fccde36f5bd7d74411647090cf91f2e66fb806a8740f8a8a5d85c430b92ede60b5fe0e7f73f99bb12f90310025f6a058962d9b762d09e23950e6e2f02fd2002add8356ba38fccd15c30650e91e14310c1d6bd86bfa7511b39fe5b9dd56ebeff03797ffa46b046fbee32a3ad5623d9d922bc9d08501d3c9774b0d6662621b188476b10cf32262f9a7b7acbee6e3c9417062f137fe584962c158c6d482e78289422d98e159cb3d68527aeeb8aa1712b34e7f4d1798d335b648860e0cb28f28e3cb5ab081600fe92b0c2060022ceff9888b896ff5dcf5dd7eb0591cfee6f22fa845d4d179593b781b7fc7b74d3f979d32bd916b9e66e8f7526844b16079d80f52df51108e1e04088fdcb16feb46dbe6a4abc9598b2e5d8301dd4a40ab2daef0330cf31ffbb66cfc3994819c7dd50d6bd8e669dfe59adb6615cb5f3cf1f921148d9fb5a7677d60b2f1376c00b4f04b027e870c9c8c35c610ef06d6d7a4bce87bc4bb806f3df90470fcb01c1e52e6694b013f60214e5e31f27e0064f2993eaa67ec1a086d7e77eb4b17960afe9c45cb1f93b1fcbdbcc058fe2f42ddf47fa6ef594e8e20e48a81cc8cb87164f8ed171e0cdba1eb990b2fa58ee2c7b9f8730d2d22a92e042c8b5e3dfc19865dbe6fcb8697261b7fc30670d6c24bd79391487deb5119ee3990c5abf55e5b6c39750e206eb85a0a9fb0a330cd5b714b5588ad6ae5c2c7ce8791c1a7f4fe0e57355c27b91bf6677dc1b171abf5ef5878798708d23b665f1773ae07a58619ff63b2f137de0846a4c1a2732622c37058ca338f7bfcb2d80fa2444e969a42c0369dd9755ba039d074b0a7a75b341b7c676737d7eff3cf0809a20fe418e04878be114f80c4e86c70437606d8a0bf8c7027e89e09cac898f3e8eae96379d75e6912f2373e10465a20400bb5ae17db4b1aeccf03c231cdc420ac147ed6d3727d5a5a089cbefaa3b3292cb3e1d3ebd2eb8f1b2aaa25552be84d17034cdef9f856e98f19ae51377f8e0b53b694b17669c2319a47714fe3cec9c8df78e218f6cf1898ebf29b298e216ff3cb71867d927cba3bafc22ac72491f11ea93d424199d6db42afc788ac372d4955539e95c3276ec418b13a8aa04cd3a5e75e56e8cfd5d43d150f877e0218e5ddc98114ecd784eaa979d94b36ea5f6efc0d1b40ac76caed9e70701b16638b895f517d403362b80f184fe36b3186f5430508d5d35dd57a3913edbf511685f348b5a4b6a1a94012f61653d5fafb52a62bc4559ff056557f438e0e5c441ab867a8f20718469c7b4ba65777f89b6000d386a705faeadd3d92285a0e97e5b8c8d4e0948099234c09fdfdad447f6f662640d594ff5621fa1f9298963f81c53219f8b3462fdadbdb237fb5edf2c18837ec255da11eb0485816055b865a3e35bb11e6e8efe89f2a454d0d4c766301166b132df02265b41b4b8c49473fd9f8db18582c8efe8efea6cd8d9db5fc36b787677c18845a11308b24c8db52c72c8c7080c8b89a189045f7b01dd01dfd1dfd2d31807c896379af4b1222f1524276f477f42f89015492bcf5fea7a704fdfd77ba38ee029ee794bdf804413c1017c51df555be35e79e7b9aed13e01cfed6f1770c2045366ddf79b38775ff826119d52d4230c6075906fde0bc73e66c9cb49026187fd30d40cb824559de52eba9bba75c3d28855fe5f23e94efbc5024061e2fbf62e1bc8e17cb311d0eff121a40a578d0cc4242d7c98a58f6700c93777455267d777d0343784a63fd10494f59152e87bf71fea61940a57850b542128b8be076e91f133cda1780665f0df0290f022975e172f817c6bf2003a8540faa5548880e6930f3c98981212069075f5d55490a97c3df3cfea8904454a207a58546080d6f510b0f684150db2e247904abe84f0fb6b5fab20b973f186b6f9bd13667ce8c41ab0a91c3df3cfe86a643272d3833118c4133625986586b3c3db108cd180ec7366c7b7bcf955664407070e04eadd8388d768a4fc059f091f299e35955724ce2c1d36eff70df3f5a910687bff9fc751b00b560ea79d4bee33856334d6a7923493244a2f1ace35e8f0bfafb879eddb7efa0e9fbd3b8586681d677388d74aed52658494f8baf1664593d0db47091e3d798adbfc3df1afeba0da0d23d28cf71b3342130c69b423251f470df200c0c8d64152e1292b499adbfc3df1afeba0da0d23da8d93b02f2a35e772018521a654aa61010a224d17b993ebee2f0b7863fa3ff8695eb415fdffae64f4451aad6732e26ffc5e282d233411b67a33d2510272f48792c8b8b1f5fb331148a2899108e24a6a9783c2ebc7dcfbbdf3137c31dfe56f0d76d0095ea417bb6bdb9a1dae3fea584f32ffe1144116472a2dbc52b3d24b46782bee87b177951fe783413327b5d68268c8413db8cd4785c0c88f253af6dd9f59a59e970f85bc35f970154aa07a57a7bddeee589fbb10adc5cf08997554200cd42483c6d98840db4a0702acf431e21fa7bdd2e25c3683c2d49f86b9b77edb9c18c7438fcade19fd7002ad98356b95cabc7e0515d58a4596818a4af32547a4a068735fbdd652c8fbda7e7f4fb871e2e260d0e7f6bf933956ec15a42fbccc9fdeac7ee0ddaa37ef1b89453ef34608a5eb2e255dd2aa39743a128106f0d09661c48b2c414dab7eef0cf16b3f9e7bc6b257b5092eeb9e93ae6826aecdac981244663affdd06828a1841d446251b1b3903438fcade7cf54ba05eb955c8cb50692b4446b2029299158e2bb643a0a1187bf3dfc994ab7604d9d58796fbafee94aa636168d48b2a784926bacab86da6a6f5637642426a4a5c3ede17a8ceaeff0b787bffe6e50284f0bd692650bce7f98b4f8826a4528b3b168e43ec99e12afcba58413531aebe0e4d646a8728f6f6a209141a6e04844294024d6c666cc0e75f85bc39fa9740bce25c3b158d6b6806a8d4559e766b312d13b381c51de577bc781d350a1beb64a694026656824b139715363dd4d85e8eef0b7877fceca73e75b7b03a4f555af9608dae84a26c2c87c6edad536381482da2aefd87c6e6aa9b461168e8d7ba596863a2511d482bb2ebbb0e0a7596e7f7bef93a4ac5c43635f5a68a8e7c98c9769d7201d19cd15478fcea35774f5b87945bfccef95bef4684cb9168daf49fab67d7dc9f98b0ad5dde16f3d7fa6d22d389f2c9837f75a51c6372a19add158547a58729088124f7bf444602c266ef2656f89aa64300151eb4d6c7636a5a5e1c6620abfc3df1efe799b4f95ec415365e7dbfbf6104f3957cb532a058bf48dd3be703a518c361069a82090f8343a1a1250bd6bbc6e709382c2a8cc4da0fad3e324860e7ef38a653e30411cfed6f2cf5bb555b2074db774d4a3d5581ceb47273ad45479144f288ab2120b8ba4c148c385a94df54aa1a1f069b8a026b471191724d228e53e334b6f87bfb5fc75c5764be6773c42feeccdd5dd466f4ec7da698c49ab4ffa37301c82bec121c5f3d001166ac174299e96d0cca59949bc4f70f49ea609e1bb5eebbbcc82c527bc1fb435fb94177d9ff45ca9fde8a99232910c3c1cfb9899ba3bfcade36fa01bb4323d6852ce3bfbac1ed2dda6daf767c692c264f71c9d6579d9450b4d7fdaa5c3df1afefa0da0823d685248617855ed78b1fde8a98d4b52f82c796e82c3df1afeba0da0d23da8528878f7f745592e6a73d5d47ef4e4e7fec0881262d0b933cdf5adcbadd0dde16f0d7f43fdbb95ec41a92c9d7fd61768b4419996ae024722551a973759b51d8ac3df1afe860ca0923d6852169e7ff613e4cff7492311271b8bc991cffc0567bca050af9b6c5c52bd1b7d75ffb6f0bc8e3f58a9bbc3df7cfe860ca0d23d6852ce9f37e7770df5359d556ede4f1b8b7404349e674a4166410913dd69e3920c2889b5deeacbbfb668deff67b5de0e7ff3f91b1ee2ae640f9a2ae7cc39e3afdbfd685e84e5b6d21e128ed3469159509a496f0afdcd08a09d0702dcb99d8bcfb16d3f5087bfb9fc0b7a0832b5e0ddfb3ef830128e3c3712119aa282a0f431bb72cc47d1b260194ba2d7e5fd46e7a2736cdf54f6f98f7a7f8301169d54eb86cb67f8e0f4a69abc2391741069fff1003cf3fe11f08763e793eec9ff4ebebad84ebd1dfee6f12ff829e0d482fffbffd93d6f562df7c7b6baaa45a92b89d42cd83f3832b6da885a30ed8e3b3414d97938c0fd3fffe5ea73f642694499737f7838060fbd771caab87e38a3d90be7b5d4403d2bd3a78d27c07bdc102451c65fbf08c07b3b7b219c5a5d237c72291477f89bc3bfa8ed2f96dcffdc7a62c12b8bb0603ac0f3eaf6ee55b679d0ceb5eb7c4224b21223d4ceb8dcdd467e2bc749da623195e342378351afc7cd3edfd37d43c0aeb438fc8be75fac017c4632a03df9b98a74c78d5b308c593047aa666ac1c4ddc07b4706d22c9838a28fb6df75fd57ec80bff0dffed48144711306e443a480209e37f47bad0cc0740b1259f1ae010ec1b26df7deb2c78ef438fc8be76f3804eabcefc976d283bc4ab9710a7c2a61e26dde3a36a2bc341390d1da27a1e9e9f3573f7417c9883d5e9e7bc3520f2a4aeb28fce24d3f5de82c84d1e8c227615847feceb42a09d483c663b1a5045c8799fce97bc6c53db6a3fb865eab742f47fe86d45878df93d79352ff48e2a6e65b3051a617b9f9655664c2e2fb9eec94316c1a4b38cb02e28cd93f8ec7418a45b38f13dd714ac16258b46cc7bffc7d8fd969a01e941622f2b6dd220f4a7b876ed871ef2d8f4e16febabb41a9e74118af2dcc74f25bb0921092b1724c5807160861d4997ecf021639b11adb9067cc4d273178a715690051a6cea7dd2afe8aee18d676763f62ca5a864ae0af5b0b2112bb7eacfa2a3007b4b69cc4e993d93bacc80092d28e0c6ae615a08c6b91747698ad3e7540845447ea5d2ce2ef8bc4c4ebcdd6bf5cf9eb36000cf8c76937b1d082a3a2687a012209986b550664ae482471f50cb3d517a3d10ebbf843465e4f64feba282ab1674683cb4a0bb648da8b2a3cf9d2905eb8cc37e06c6896f1a7a1e8c2d50f9a9d86f672e4af4b13244ab75b990118ac15da004bd7dd14c81938d25371c1cf1feab4345116f31731ba7d32f0cf6b00a3b1e7cab49b596fc1a60ac69931a1f9354e461c0d58b2ae16b0873f5e69565bac9cf9e725198f46bbd21bbf608b059b8ca7f8f8395fdab2c308ebc2207bf8fba271a16ba2f3cfab09e1b2cab41cc88508990f651c06b2ac01a69501e4ae732d4b904dfcb16ade4f2cfe394b1d1df52596d49975331b2cd8e4ec35ad0b4ecb8baad45f951502a930a1797f41f723ed13997f4e9271c0b76bd002b3c52a03c86c80595178b432c7b286b08dfc715c28aa315ceefc736b83d14ab333c080059b22d90d30eb24ab12b6aa216c277f0c2b27327f4d035872efd3b401d49e75131b2c5896906923c118639f598527efbd32b667c04836311d898264a7071d358cf6f93f7bb8ab70bdcb9bbff603324036a907c040068cbd914cf31aa46a0f647c2eee7a4cae9e14940117f59a96b99905c94afed9772fb82c943b7fcde9787538120822afda5dc02a512c580253e5e7234f053ee24e82e34c031c645be0303f0de4622e9863131e86f8cb536000da919f549d033013fc60fa160b25e05f8fc2054f512f77fe9a06705be82f4bf7f233611fd74e146fd5b432c3f9472c184b9246de22251635d37312d8eda78987e13438ac7cfe95f71a888235836e3c23c3f56847dabd4dbb3803bd148e1dfc93420b51073a4402e9434b5f99a0fc5543a0975777d110a463aef019fcdf914df0a3f08b305ff8184e96fc5112831e2a2e2373676033840e795cfc7ab048a2c865d5a52186b98c0205a62dee71793ceb9bf1f0a1a26b805cfc113a361d0d462f20b6763bdaa4142652f8e9371da36562c2f1d7d5a2f2c921b824f60eac8abeba9f5cb5c6aa04b819097e84de10cd5c15c6b8e051f2477956d5417e2a582d07d8b6e4db20e2c13443eeb9e3aac0f7431b440f12c12a21b6517d23dabeff32f401f8203229f8ab1ac025f7aedf831164ef1480812ec2b6ac31366ac1a606b9cbbbd7f712a7d341aefa581cb98a5eab9b2f0421f7d847ef45ef49ef6d322264a507a58f07a0799c95eda42cd0323111f96bd60055bc3202fcc678d98735f7b5acea018b653b7bea56b3af49415c7ecffaeb9fa95dfa7cd1176372c7af7fe6ce7995decb82c20fbbddb37bc062b9b7e65bbb685ea71c7a63b42c4c48fe9a8de065ddeb69189296f0c56b571505824a3e0b7edddbf1477044555eaa5bf02871d345cdcfd1d388bee2def5dde44f77e511322ec64655cc58eb9ac7822551bcc8aac45ab15431eb1e32ccb1ece20e7fd3f917bc335c258a95ed97b17b20a8ab2426939dbfb1edd12bdc8392cabfe8b5baf94208d2935e679dfe0e7fb3f91baa012add83623306a6f2ccc5a11b4d59a8bfc3df64fe066b80caf6a0952e0e7ff3c5900154b207ed5cbbae1d6c92ceee279aadb8aec3df7cfed6cdad2d4321beef79343a2a698530088dd0dd964517d358797426277fdda3aed48245199bf2fc58717828e7f71e70b5f4747fb7df2a50242d1da24ca77ba34ef271a9d1df4ba191b1bd34494cb18b50dce261d8677a7efe773b2cd4d9e16f017f438d606ac1547f5215d75b01865a30a982778c5ab06519d073c75574487e6c587ef1da759d246d3e0235b1e804a176a2477b5ada11f4628c7be97bb7cbfb9120c787b6aebe6e03d8280e7ff3f91734ef66fe4dab6f96117a886b6903ae799ae1dfa759b0247c08bc6ba3d51e544dce5c7c5927097aef22c175e7e821922968fd7bdb5e4a9d0a00b396dfe66679afcbd5bfef2718f095905c708da087e4cc9af7b6bcd463a7de490f8a85d84ac47b0c778da6f29787fd200dfac1c5f3abb6ff6ecde3938d7f410630f7c215974832fc67f233d732953ec213d8fa44e8c554d500e76b1c40d5756355b678fc50bb14f43729d0037e908538887d8939e288f5dee0f2b5fee9ed171e0cdb05ffac25cbbbb024abef44cdb0bbc4fa19b7a61ee282077f07b2344f156289f5e75aa611fe2e607d89b61fe76bee635b4ffa3c79ae3c1c9c250d0dd6cbe1c47303e4e020e11f23fc8f8e5dcfe5662edcfddaf39b271bff82675e9e79e1caa31818d5f9ad749325e299feabe06ef8aba27ce8e80a8847eed2d6020d8bbe99cb8063e380b8e16a297cc2eac274d6a24b074935abddafeef2ae11abdb5e9808faf3b1c10bb110fd15c648a31060bf58db76e964e45fd05488cece6eaedfe75f8c82c7bf0d727c61ba2ecc61c6dbf25c8c61fd630745715ece0b625ccbc6064f93a0613fa9a09b42c0369dd9755ba039d074b0a7a7dbf409f073965c79912c093907959024cd9e28fa5347e4e6a54be548ffd518cb27a59dc8b8b689554d2f27d229b9261b7fe38f482285bfaffee86c4960bc9000f772bedf20c436e23c2bc15896e15217ea8982e823f77193fb7d6c662650fd03dcbb5f92a3792a3f866d9a28fa53511c52f59487f4de67b2f0373c0e70a4f6884f1219afa11fb9bdcfd2bde931c3a9be4862fd71aefefdcc9fd1fbd0fb818942af1775b7eea6f7d4d4876e0fc27b5e9a30fa17289381bf2db3417557c1360a8d79b9b0ff123d215ca5eb5f8e522efc0d1bc0b4e16981be7a7fab248a866a01a355301596e322538353021f9b083e557f5167083711f42f4426037fc3fb53f4f6f6c85f6dbb7c30e20d7b492bde031609cba260cb50cba76637c21cfd1dfd53a5a805e8f356dc521562ab5a018bb5891e842265b41b4b8c49473fd9f8db18582c8efe8efea6edc04047eb3c3ce3c320d48a80592441deed53300b231ce9f012b0189045f7b01dd01dfd1dfd2d31807c89a343d99210899712b2a3bfa37fa6fcff68b76557c0e3d4980000000049454e44ae426082', '04bae11fe38819214810db9373b462f6bb2359fb96817a984c286853a7619c5c', 192, 320, '{"appearance":{"face":"beard-clay","hair":"curls-grey","outfit":"buttons-blue-coral","shoes":"slate"},"feetX":24,"feetY":74,"frameHeight":80,"frameWidth":48,"framesPerRow":4,"framesPerSecond":8,"rows":["down","left","right","up"]}', 1796028180522);


--
-- Data for Name: users; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.users VALUES
	('2516461f-e141-44d0-a9d3-47bf64285328', 'mo', 'mo', 'mo@example.org', 'mo@example.org', '$argon2id$v=19$m=19456,t=2,p=1$6aLB6jxhIIbXs7qlSf6pIA$v2FN64huxmqDRaOQTMGf4NOd7vZnGmR8ExLuv+6qXEk', 'moderator', 0, NULL, NULL, 0, 1796028179722, 1796028179918),
	('bdbb1002-122c-41b3-9868-9487cd34065f', 'dara', 'dara', 'dara@example.org', 'dara@example.org', '$argon2id$v=19$m=19456,t=2,p=1$LsTyaSwGRWD/+UwtlEgLMw$5klt1+u5iPG6dZn94vvqbV07hFzkq8Pwj6ao8KvawUI', 'user', 0, 4922899200000, 'Until the next century.', 0, 1796028180285, 1796028180426),
	('114d5e80-5c24-4cdb-a89f-ad43b851d7e3', 'ada', 'ada', 'ada@example.org', 'ada@example.org', '$argon2id$v=19$m=19456,t=2,p=1$YZtOQbpz4oUTUhFmvHFJjg$jeF3aZPLEsyWT7AL31gmR1QJe6Un7OjQirazA9f5gTM', 'host', 0, NULL, NULL, 0, 1796028179234, 1796028180846);


--
-- Name: _sqlx_migrations _sqlx_migrations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public._sqlx_migrations
    ADD CONSTRAINT _sqlx_migrations_pkey PRIMARY KEY (version);


--
-- Name: atlas atlas_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.atlas
    ADD CONSTRAINT atlas_pkey PRIMARY KEY (id);


--
-- Name: audit audit_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit
    ADD CONSTRAINT audit_pkey PRIMARY KEY (id);


--
-- Name: avatars avatars_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.avatars
    ADD CONSTRAINT avatars_pkey PRIMARY KEY (id);


--
-- Name: avatars avatars_user_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.avatars
    ADD CONSTRAINT avatars_user_id_key UNIQUE (user_id);


--
-- Name: bans bans_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bans
    ADD CONSTRAINT bans_pkey PRIMARY KEY (id);


--
-- Name: chat_messages chat_messages_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.chat_messages
    ADD CONSTRAINT chat_messages_pkey PRIMARY KEY (id);


--
-- Name: load_test_seconds load_test_seconds_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.load_test_seconds
    ADD CONSTRAINT load_test_seconds_pkey PRIMARY KEY (run, number);


--
-- Name: load_tests load_tests_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.load_tests
    ADD CONSTRAINT load_tests_pkey PRIMARY KEY (id);


--
-- Name: mutes mutes_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mutes
    ADD CONSTRAINT mutes_pkey PRIMARY KEY (id);


--
-- Name: people_addresses people_addresses_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.people_addresses
    ADD CONSTRAINT people_addresses_pkey PRIMARY KEY (kind, subject, address);


--
-- Name: people people_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_pkey PRIMARY KEY (kind, subject);


--
-- Name: remarks remarks_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.remarks
    ADD CONSTRAINT remarks_pkey PRIMARY KEY (id);


--
-- Name: reports reports_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.reports
    ADD CONSTRAINT reports_pkey PRIMARY KEY (id);


--
-- Name: revoked_tokens revoked_tokens_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.revoked_tokens
    ADD CONSTRAINT revoked_tokens_pkey PRIMARY KEY (token_id);


--
-- Name: settings settings_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.settings
    ADD CONSTRAINT settings_pkey PRIMARY KEY (key);


--
-- Name: sprites sprites_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sprites
    ADD CONSTRAINT sprites_pkey PRIMARY KEY (id);


--
-- Name: users users_email_folded_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_email_folded_key UNIQUE (email_folded);


--
-- Name: users users_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);


--
-- Name: users users_username_folded_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_username_folded_key UNIQUE (username_folded);


--
-- Name: audit_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX audit_at ON public.audit USING btree (at);


--
-- Name: avatars_by_sprite; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX avatars_by_sprite ON public.avatars USING btree (sprite_id);


--
-- Name: bans_created_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bans_created_at ON public.bans USING btree (created_at);


--
-- Name: bans_subject; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bans_subject ON public.bans USING btree (kind, subject);


--
-- Name: chat_messages_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX chat_messages_person ON public.chat_messages USING btree (author_kind, author_subject, sent_at);


--
-- Name: chat_messages_player; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX chat_messages_player ON public.chat_messages USING btree (player_id, sent_at);


--
-- Name: chat_messages_sent_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX chat_messages_sent_at ON public.chat_messages USING btree (sent_at);


--
-- Name: load_tests_place; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX load_tests_place ON public.load_tests USING btree (place);


--
-- Name: load_tests_started_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX load_tests_started_at ON public.load_tests USING btree (started_at);


--
-- Name: mutes_created_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mutes_created_at ON public.mutes USING btree (created_at);


--
-- Name: mutes_subject; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mutes_subject ON public.mutes USING btree (kind, subject);


--
-- Name: people_addresses_address; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX people_addresses_address ON public.people_addresses USING btree (address, last_seen_at);


--
-- Name: people_addresses_last_seen; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX people_addresses_last_seen ON public.people_addresses USING btree (last_seen_at);


--
-- Name: people_last_seen; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX people_last_seen ON public.people USING btree (last_seen_at);


--
-- Name: remarks_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX remarks_person ON public.remarks USING btree (person_kind, person_subject, at);


--
-- Name: reports_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX reports_at ON public.reports USING btree (at);


--
-- Name: reports_status; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX reports_status ON public.reports USING btree (status, at);


--
-- Name: reports_target; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX reports_target ON public.reports USING btree (target_kind, target_subject, at);


--
-- Name: sprites_by_creation; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sprites_by_creation ON public.sprites USING btree (created_at, id);


--
-- Name: users_created_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX users_created_at ON public.users USING btree (created_at);


--
-- PostgreSQL database dump complete
--


