-- A database as the first schema had it, written by the program of that time on
-- 22 November 2026: three web chats, each behind the cookie named here.
--   1: asked for the order number             accord_chat=E4SZ7F7CFSVAWNMIQ4AYEKR2AP
--   2: asked whether all was understood right accord_chat=ARRE7MPHR4GCT4FRFI2KZIRNWS
--   3: agreed on two promises, both open      accord_chat=TVJJTBRVYLMWKG546FJUUTQAL7
-- Added by hand: a row that died, one that may have arrived twice, a dead letter.

CREATE TABLE goose_db_version (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (datetime('now'))
	);
INSERT INTO goose_db_version VALUES (1, 0, 1, '2026-11-22 15:56:31');
INSERT INTO goose_db_version VALUES (2, 1, 1, '2026-11-22 15:56:31');

CREATE TABLE conversation (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    channel    TEXT NOT NULL,
    chat       TEXT NOT NULL,
    version    INTEGER NOT NULL DEFAULT 0,
    updated_at INTEGER NOT NULL DEFAULT 0,
    blocked_at INTEGER NOT NULL DEFAULT 0,
    state      BLOB,
    UNIQUE (channel, chat)
);
INSERT INTO conversation VALUES (1, 'web', '9fd12200c6f9cff8cc61864e77414e93', 2, 1795362991247, 0, CAST('{"at":"elicit","kind":"elicit","control":{"questions":1},"matter":{"turns":1,"story":["my lamp arrived broken"],"incident":"damaged","asked":"order","put":1,"since":"2026-11-22T15:56:31.145Z","last_at":"2026-11-22T15:56:31.145Z","soothed":true,"moods":[0]},"lang":"en","from":{"ref":"web:9fd12200c6f9cff8cc61864e77414e93","lang":"en"},"greeted":"2026-11-22T15:56:31.145Z","question":1,"ask":{"n":1,"slot":"order"},"last_said":"Hello, the shop''s digital assistant here. Type \"person\" for a colleague. I am sorry it arrived like that; let us sort it out. May I have the order number?"}' AS BLOB));
INSERT INTO conversation VALUES (2, 'web', 'ff94769afb41afb6bdd13729808f0a04', 6, 1795362991369, 0, CAST('{"at":"restate","kind":"restate","control":{"questions":3,"looks":1},"matter":{"turns":4,"story":["my lamp arrived broken","48213","no hurry","I want a new one"],"incident":"damaged","slots":{"order":{"kind":"order","text":"48213","amount":0,"span":"48213"}},"skipped":["need_by"],"asked":"wish","put":1,"since":"2026-11-22T15:56:31.252Z","last_at":"2026-11-22T15:56:31.368Z","soothed":true,"moods":[0,0,0,0],"facts":{"alt.en":"black lamp","alt.zh-Hans":"黑色台灯","alt.zh-Hant":"黑色檯燈","alt_date":"2026-11-24","currency":"USD","delivered":"2026-11-21","fees":"6","fees_what.en":"delivery fee","fees_what.zh-Hans":"运费","fees_what.zh-Hant":"運費","item.en":"white lamp","item.zh-Hans":"白色台灯","item.zh-Hant":"白色檯燈","order":"48213","ordered":"2026-11-16","price":"42","promised":"2026-11-21","same_date":"2026-11-27","status":"delivered","store.en":"Riverside","store.zh-Hans":"Riverside 店","store.zh-Hant":"Riverside 門市","store_until":"2026-11-24T20:00","warranty":"running","warranty_until":"2028-11-20","where.en":"was handed over at your address","where.zh-Hans":"已经送到您的收货地址","where.zh-Hant":"已經送到您的收件地址","window":"open"},"looked":"48213","wishes":[{"service":"replacement","clarity":"explicit","importance":0,"status":"open"}]},"lang":"en","from":{"ref":"web:ff94769afb41afb6bdd13729808f0a04","lang":"en"},"greeted":"2026-11-22T15:56:31.252Z","question":4,"ask":{"n":4,"choices":[{"id":"yes","label":"Yes"},{"id":"change","label":"Change something"}]},"last_said":"Let me say it back: order 48213, the white lamp, arrived damaged. What would help you: a new white lamp. Did I get that right?"}' AS BLOB));
INSERT INTO conversation VALUES (3, 'web', 'c6b396612183287f271137fd6b84f1e9', 9, 1795362991508, 0, CAST('{"at":"close","kind":"close","control":{"side":1},"matter":{"turns":7,"story":["My lamp arrived broken, order 48213. I want an explanation of how this could happen","just an explanation","just an explanation"],"incident":"damaged","slots":{"order":{"kind":"order","text":"48213","amount":0,"span":"48213"}},"skipped":["need_by"],"asked":"need_by","put":2,"since":"2026-11-22T15:56:31.375Z","last_at":"2026-11-22T15:56:31.506Z","soothed":true,"moods":[0,0,0,0,0,0,0],"facts":{"alt.en":"black lamp","alt.zh-Hans":"黑色台灯","alt.zh-Hant":"黑色檯燈","alt_date":"2026-11-24","currency":"USD","delivered":"2026-11-21","fees":"6","fees_what.en":"delivery fee","fees_what.zh-Hans":"运费","fees_what.zh-Hant":"運費","item.en":"white lamp","item.zh-Hans":"白色台灯","item.zh-Hant":"白色檯燈","order":"48213","ordered":"2026-11-16","price":"42","promised":"2026-11-21","same_date":"2026-11-27","status":"delivered","store.en":"Riverside","store.zh-Hans":"Riverside 店","store.zh-Hant":"Riverside 門市","store_until":"2026-11-24T20:00","warranty":"running","warranty_until":"2028-11-20","where.en":"was handed over at your address","where.zh-Hans":"已经送到您的收货地址","where.zh-Hant":"已經送到您的收件地址","window":"open"},"looked":"48213","wishes":[{"service":"explanation","clarity":"explicit","importance":1,"verdict":"unknown","status":"shelved"},{"service":"replacement","clarity":"fuzzy","importance":2,"verdict":"meet","status":"granted","offered":[{"rung":"","options":[{"id":"same","terms":[{"do":"replace_same","owner":"warehouse","by":"2026-11-27T18:00:00Z"}]}],"currency":"USD"}]}],"shelve_by":"2026-11-22T15:56:51.5Z","case":"A-TC67","made":[1,2]},"lang":"en","from":{"ref":"web:c6b396612183287f271137fd6b84f1e9","lang":"en"},"greeted":"2026-11-22T15:56:31.375Z","question":7,"ask":{"n":7,"choices":[{"id":"all","label":"That is all"},{"id":"more","label":"One more thing"}]},"answered":6,"promises":[{"n":1,"case":"A-TC67","kind":"do","service":"replacement","do":"replace_same","text":"a new white lamp is with you by Friday, 27 November, 18:00","owner":"warehouse","opened":"2026-11-22T15:56:31.5Z","due":"2026-11-27T18:00:00Z","state":"open"},{"n":2,"case":"A-TC67","kind":"answer","service":"explanation","text":"an answer by Sunday, 22 November, 15:56 to your request for an explanation of how this came about","owner":"service","opened":"2026-11-22T15:56:31.506Z","due":"2026-11-22T15:56:51.5Z","state":"open"}],"promise_no":2,"last_said":"To sum up: 1. a new white lamp is with you by Friday, 27 November, 18:00, 2. an answer by Sunday, 22 November, 15:56 to your request for an explanation of how this came about. I am sorry for the trouble this caused, and thank you for speaking up. Is there anything else?"}' AS BLOB));

CREATE TABLE inbox (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    conv_id     INTEGER NOT NULL,
    dedup       TEXT NOT NULL UNIQUE,
    kind        TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    done_at     INTEGER NOT NULL DEFAULT 0,
    attempts    INTEGER NOT NULL DEFAULT 0,
    last_error  TEXT NOT NULL DEFAULT '',
    payload     BLOB
);
INSERT INTO inbox VALUES (1, 1, 'web:9fd12200c6f9cff8cc61864e77414e93:message-00000001', 'raw', 1795362991145, 1795362991147, 0, '', CAST('{"chat":"9fd12200c6f9cff8cc61864e77414e93","id":"message-00000001","lang":"en","text":"my lamp arrived broken","at":1795362991145}' AS BLOB));
INSERT INTO inbox VALUES (2, 1, 'timer:1:quiet:1', 'timer', 1795362991245, 1795362991247, 0, '', CAST('quiet' AS BLOB));
INSERT INTO inbox VALUES (3, 2, 'web:ff94769afb41afb6bdd13729808f0a04:message-00000001', 'raw', 1795362991252, 1795362991253, 0, '', CAST('{"chat":"ff94769afb41afb6bdd13729808f0a04","id":"message-00000001","lang":"en","text":"my lamp arrived broken","at":1795362991252}' AS BLOB));
INSERT INTO inbox VALUES (4, 2, 'timer:2:quiet:3', 'timer', 1795362991353, 1795362991354, 0, '', CAST('quiet' AS BLOB));
INSERT INTO inbox VALUES (5, 2, 'web:ff94769afb41afb6bdd13729808f0a04:message-00000002', 'raw', 1795362991357, 1795362991359, 0, '', CAST('{"chat":"ff94769afb41afb6bdd13729808f0a04","id":"message-00000002","lang":"en","text":"48213","at":1795362991357}' AS BLOB));
INSERT INTO inbox VALUES (6, 2, 'fact:3', 'input', 1795362991360, 1795362991361, 0, '', CAST('{"at":"2026-11-22T15:56:31.36Z","kind":"fact","fact":{"key":"48213","found":true,"row":{"alt.en":"black lamp","alt.zh-Hans":"黑色台灯","alt.zh-Hant":"黑色檯燈","alt_date":"2026-11-24","currency":"USD","delivered":"2026-11-21","fees":"6","fees_what.en":"delivery fee","fees_what.zh-Hans":"运费","fees_what.zh-Hant":"運費","item.en":"white lamp","item.zh-Hans":"白色台灯","item.zh-Hant":"白色檯燈","loan.en":"","loan.zh-Hans":"","loan.zh-Hant":"","loan_date":"","order":"48213","ordered":"2026-11-16","overcharged":"","part_back":"","price":"42","promised":"2026-11-21","refund_by":"","same_date":"2026-11-27","status":"delivered","store.en":"Riverside","store.zh-Hans":"Riverside 店","store.zh-Hant":"Riverside 門市","store_until":"2026-11-24T20:00","warranty":"running","warranty_until":"2028-11-20","where.en":"was handed over at your address","where.zh-Hans":"已经送到您的收货地址","where.zh-Hant":"已經送到您的收件地址","window":"open"}},"seed":0}' AS BLOB));
INSERT INTO inbox VALUES (7, 2, 'web:ff94769afb41afb6bdd13729808f0a04:message-00000003', 'raw', 1795362991364, 1795362991365, 0, '', CAST('{"chat":"ff94769afb41afb6bdd13729808f0a04","id":"message-00000003","lang":"en","text":"no hurry","at":1795362991364}' AS BLOB));
INSERT INTO inbox VALUES (8, 2, 'web:ff94769afb41afb6bdd13729808f0a04:message-00000004', 'raw', 1795362991368, 1795362991369, 0, '', CAST('{"chat":"ff94769afb41afb6bdd13729808f0a04","id":"message-00000004","lang":"en","text":"I want a new one","at":1795362991368}' AS BLOB));
INSERT INTO inbox VALUES (9, 3, 'web:c6b396612183287f271137fd6b84f1e9:message-00000001', 'raw', 1795362991375, 1795362991376, 0, '', CAST('{"chat":"c6b396612183287f271137fd6b84f1e9","id":"message-00000001","lang":"en","text":"My lamp arrived broken, order 48213. I want an explanation of how this could happen","at":1795362991375}' AS BLOB));
INSERT INTO inbox VALUES (10, 3, 'timer:3:quiet:9', 'timer', 1795362991476, 1795362991477, 0, '', CAST('quiet' AS BLOB));
INSERT INTO inbox VALUES (11, 3, 'fact:8', 'input', 1795362991478, 1795362991479, 0, '', CAST('{"at":"2026-11-22T15:56:31.478Z","kind":"fact","fact":{"key":"48213","found":true,"row":{"alt.en":"black lamp","alt.zh-Hans":"黑色台灯","alt.zh-Hant":"黑色檯燈","alt_date":"2026-11-24","currency":"USD","delivered":"2026-11-21","fees":"6","fees_what.en":"delivery fee","fees_what.zh-Hans":"运费","fees_what.zh-Hant":"運費","item.en":"white lamp","item.zh-Hans":"白色台灯","item.zh-Hant":"白色檯燈","loan.en":"","loan.zh-Hans":"","loan.zh-Hant":"","loan_date":"","order":"48213","ordered":"2026-11-16","overcharged":"","part_back":"","price":"42","promised":"2026-11-21","refund_by":"","same_date":"2026-11-27","status":"delivered","store.en":"Riverside","store.zh-Hans":"Riverside 店","store.zh-Hant":"Riverside 門市","store_until":"2026-11-24T20:00","warranty":"running","warranty_until":"2028-11-20","where.en":"was handed over at your address","where.zh-Hans":"已经送到您的收货地址","where.zh-Hant":"已經送到您的收件地址","window":"open"}},"seed":0}' AS BLOB));
INSERT INTO inbox VALUES (12, 3, 'web:c6b396612183287f271137fd6b84f1e9:message-00000002', 'raw', 1795362991482, 1795362991483, 0, '', CAST('{"chat":"c6b396612183287f271137fd6b84f1e9","id":"message-00000002","lang":"en","tap":"b2ckWXC4slweMAw5lxHZQw","at":1795362991482}' AS BLOB));
INSERT INTO inbox VALUES (13, 3, 'web:c6b396612183287f271137fd6b84f1e9:message-00000003', 'raw', 1795362991488, 1795362991489, 0, '', CAST('{"chat":"c6b396612183287f271137fd6b84f1e9","id":"message-00000003","lang":"en","text":"just an explanation","at":1795362991488}' AS BLOB));
INSERT INTO inbox VALUES (14, 3, 'web:c6b396612183287f271137fd6b84f1e9:message-00000004', 'raw', 1795362991492, 1795362991493, 0, '', CAST('{"chat":"c6b396612183287f271137fd6b84f1e9","id":"message-00000004","lang":"en","text":"just an explanation","at":1795362991492}' AS BLOB));
INSERT INTO inbox VALUES (15, 3, 'web:c6b396612183287f271137fd6b84f1e9:message-00000005', 'raw', 1795362991495, 1795362991496, 0, '', CAST('{"chat":"c6b396612183287f271137fd6b84f1e9","id":"message-00000005","lang":"en","tap":"h-x47cN1Ck27cDTCwucN1A","at":1795362991495}' AS BLOB));
INSERT INTO inbox VALUES (16, 3, 'web:c6b396612183287f271137fd6b84f1e9:message-00000006', 'raw', 1795362991500, 1795362991502, 0, '', CAST('{"chat":"c6b396612183287f271137fd6b84f1e9","id":"message-00000006","lang":"en","tap":"hW4K7KsF6VHCHgbWq_datw","at":1795362991500}' AS BLOB));
INSERT INTO inbox VALUES (17, 3, 'web:c6b396612183287f271137fd6b84f1e9:message-00000007', 'raw', 1795362991506, 1795362991508, 0, '', CAST('{"chat":"c6b396612183287f271137fd6b84f1e9","id":"message-00000007","lang":"en","tap":"Kx1wko3e_rZ5BiC6dDyEMg","at":1795362991506}' AS BLOB));

CREATE TABLE event (
    conv_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    n       INTEGER NOT NULL,
    kind    TEXT NOT NULL,
    payload BLOB,
    PRIMARY KEY (conv_id, version, n)
) WITHOUT ROWID;
INSERT INTO event VALUES (1, 1, 0, 'input', CAST('{"at":"2026-11-22T15:56:31.145Z","kind":"message","from":{"ref":"web:9fd12200c6f9cff8cc61864e77414e93","lang":"en"},"text":"my lamp arrived broken","reading":{"lang":"en","mentions":[{"name":"damaged_item","score":0.7,"cue":"broken"}],"intent":"damaged_item","confidence":0.7,"in_scope":true,"why":["mention:damaged_item"]},"seed":4116863941369023524,"case":"A-W6WV","flow":"cd49bb8263e8"}' AS BLOB));
INSERT INTO event VALUES (1, 1, 1, 'effects', CAST('[{"do":"set_timer","with":{"name":"quiet","due":"2026-11-22T15:56:31.245Z"}},{"do":"set_timer","with":{"name":"remind","due":"2026-11-22T16:26:31.145Z"}},{"do":"set_timer","with":{"name":"close","due":"2026-11-23T15:56:31.145Z"}}]' AS BLOB));
INSERT INTO event VALUES (1, 1, 2, 'origin', CAST('{"id":"message-00000001"}' AS BLOB));
INSERT INTO event VALUES (1, 2, 0, 'input', CAST('{"at":"2026-11-22T15:56:31.245Z","kind":"timer","timer":"quiet","seed":6349179348336612933,"case":"A-WTYJ","flow":"cd49bb8263e8"}' AS BLOB));
INSERT INTO event VALUES (1, 2, 1, 'effects', CAST('[{"do":"say","with":{"out":{"text":"Hello, the shop''s digital assistant here. Type \"person\" for a colleague. I am sorry it arrived like that; let us sort it out. May I have the order number?","lang":"en","from":"bot"},"state":"elicit"}},{"do":"set_timer","with":{"name":"remind","due":"2026-11-22T16:26:31.245Z"}},{"do":"set_timer","with":{"name":"close","due":"2026-11-23T15:56:31.245Z"}}]' AS BLOB));
INSERT INTO event VALUES (2, 1, 0, 'input', CAST('{"at":"2026-11-22T15:56:31.252Z","kind":"message","from":{"ref":"web:ff94769afb41afb6bdd13729808f0a04","lang":"en"},"text":"my lamp arrived broken","reading":{"lang":"en","mentions":[{"name":"damaged_item","score":0.7,"cue":"broken"}],"intent":"damaged_item","confidence":0.7,"in_scope":true,"why":["mention:damaged_item"]},"seed":2746152651961504999,"case":"A-NCJ4","flow":"cd49bb8263e8"}' AS BLOB));
INSERT INTO event VALUES (2, 1, 1, 'effects', CAST('[{"do":"set_timer","with":{"name":"quiet","due":"2026-11-22T15:56:31.352Z"}},{"do":"set_timer","with":{"name":"remind","due":"2026-11-22T16:26:31.252Z"}},{"do":"set_timer","with":{"name":"close","due":"2026-11-23T15:56:31.252Z"}}]' AS BLOB));
INSERT INTO event VALUES (2, 1, 2, 'origin', CAST('{"id":"message-00000001"}' AS BLOB));
INSERT INTO event VALUES (2, 2, 0, 'input', CAST('{"at":"2026-11-22T15:56:31.353Z","kind":"timer","timer":"quiet","seed":513837244993915590,"case":"A-E3RT","flow":"cd49bb8263e8"}' AS BLOB));
INSERT INTO event VALUES (2, 2, 1, 'effects', CAST('[{"do":"say","with":{"out":{"text":"Hello, I am the shop''s digital assistant; type \"person\" for a colleague. I am sorry it arrived like that; let us sort it out. May I have the order number?","lang":"en","from":"bot"},"state":"elicit"}},{"do":"set_timer","with":{"name":"remind","due":"2026-11-22T16:26:31.353Z"}},{"do":"set_timer","with":{"name":"close","due":"2026-11-23T15:56:31.353Z"}}]' AS BLOB));
INSERT INTO event VALUES (2, 3, 0, 'input', CAST('{"at":"2026-11-22T15:56:31.357Z","kind":"message","from":{"ref":"web:ff94769afb41afb6bdd13729808f0a04","lang":"en"},"text":"48213","reading":{"in_scope":true,"slots":[{"kind":"order","text":"48213","span":"48213"}]},"seed":16728265911735877797,"case":"A-JJU3","flow":"cd49bb8263e8"}' AS BLOB));
INSERT INTO event VALUES (2, 3, 1, 'effects', CAST('[{"do":"look_up","with":{"key":"48213"}},{"do":"set_timer","with":{"name":"wait","due":"2026-11-22T15:56:41.357Z"}}]' AS BLOB));
INSERT INTO event VALUES (2, 3, 2, 'origin', CAST('{"id":"message-00000002"}' AS BLOB));
INSERT INTO event VALUES (2, 4, 0, 'input', CAST('{"at":"2026-11-22T15:56:31.36Z","kind":"fact","fact":{"key":"48213","found":true,"row":{"alt.en":"black lamp","alt.zh-Hans":"黑色台灯","alt.zh-Hant":"黑色檯燈","alt_date":"2026-11-24","currency":"USD","delivered":"2026-11-21","fees":"6","fees_what.en":"delivery fee","fees_what.zh-Hans":"运费","fees_what.zh-Hant":"運費","item.en":"white lamp","item.zh-Hans":"白色台灯","item.zh-Hant":"白色檯燈","loan.en":"","loan.zh-Hans":"","loan.zh-Hant":"","loan_date":"","order":"48213","ordered":"2026-11-16","overcharged":"","part_back":"","price":"42","promised":"2026-11-21","refund_by":"","same_date":"2026-11-27","status":"delivered","store.en":"Riverside","store.zh-Hans":"Riverside 店","store.zh-Hant":"Riverside 門市","store_until":"2026-11-24T20:00","warranty":"running","warranty_until":"2028-11-20","where.en":"was handed over at your address","where.zh-Hans":"已经送到您的收货地址","where.zh-Hant":"已經送到您的收件地址","window":"open"}},"seed":14495950504768288388,"case":"A-G9KQ","flow":"cd49bb8263e8"}' AS BLOB));
INSERT INTO event VALUES (2, 4, 1, 'effects', CAST('[{"do":"clear_timer","with":{"name":"wait"}},{"do":"say","with":{"out":{"text":"Is there a day by which you need the white lamp?","lang":"en","from":"bot"},"state":"elicit"}},{"do":"set_timer","with":{"name":"remind","due":"2026-11-22T16:26:31.36Z"}},{"do":"set_timer","with":{"name":"close","due":"2026-11-23T15:56:31.36Z"}}]' AS BLOB));
INSERT INTO event VALUES (2, 5, 0, 'input', CAST('{"at":"2026-11-22T15:56:31.364Z","kind":"message","from":{"ref":"web:ff94769afb41afb6bdd13729808f0a04","lang":"en"},"text":"no hurry","reading":{"lang":"en","in_scope":true,"answer":"unsure","why":["answer:unsure:any time"]},"seed":12263635097800698979,"case":"A-X496","flow":"cd49bb8263e8"}' AS BLOB));
INSERT INTO event VALUES (2, 5, 1, 'effects', CAST('[{"do":"say","with":{"out":{"text":"What would help you most?","lang":"en","from":"bot","choices":[{"id":"svc:replacement","label":"New white lamp"},{"id":"svc:refund","label":"My money back"},{"id":"svc:repair","label":"A repair"},{"id":"svc:compensation","label":"For the trouble"}],"question":3},"state":"elicit"}},{"do":"set_timer","with":{"name":"remind","due":"2026-11-22T16:26:31.364Z"}},{"do":"set_timer","with":{"name":"close","due":"2026-11-23T15:56:31.364Z"}}]' AS BLOB));
INSERT INTO event VALUES (2, 5, 2, 'origin', CAST('{"id":"message-00000003"}' AS BLOB));
INSERT INTO event VALUES (2, 6, 0, 'input', CAST('{"at":"2026-11-22T15:56:31.368Z","kind":"message","from":{"ref":"web:ff94769afb41afb6bdd13729808f0a04","lang":"en"},"text":"I want a new one","reading":{"lang":"en","mentions":[{"name":"replacement","score":0.9,"cue":"want a new"}],"intent":"replacement","confidence":0.9,"in_scope":true,"choice":"svc:replacement","why":["mention:replacement","choice:word"]},"seed":10031319690833109570,"case":"A-6KGJ","flow":"cd49bb8263e8"}' AS BLOB));
INSERT INTO event VALUES (2, 6, 1, 'effects', CAST('[{"do":"retire","with":{"question":3,"chosen":"New white lamp"}},{"do":"say","with":{"out":{"text":"Let me say it back: order 48213, the white lamp, arrived damaged. What would help you: a new white lamp. Did I get that right?","lang":"en","from":"bot","choices":[{"id":"yes","label":"Yes"},{"id":"change","label":"Change something"}],"question":4},"state":"restate"}},{"do":"set_timer","with":{"name":"remind","due":"2026-11-22T16:26:31.368Z"}},{"do":"set_timer","with":{"name":"close","due":"2026-11-23T15:56:31.368Z"}}]' AS BLOB));
INSERT INTO event VALUES (2, 6, 2, 'origin', CAST('{"id":"message-00000004"}' AS BLOB));
INSERT INTO event VALUES (3, 1, 0, 'input', CAST('{"at":"2026-11-22T15:56:31.375Z","kind":"message","from":{"ref":"web:c6b396612183287f271137fd6b84f1e9","lang":"en"},"text":"My lamp arrived broken, order 48213. I want an explanation of how this could happen","reading":{"lang":"en","mentions":[{"name":"damaged_item","score":0.7,"cue":"broken"},{"name":"explanation","score":0.7,"cue":"explanation"}],"intent":"damaged_item","confidence":0.7,"in_scope":true,"slots":[{"kind":"order","text":"48213","span":"48213"}],"why":["mention:damaged_item","mention:explanation"]},"seed":15500885797570378918,"case":"A-AATE","flow":"cd49bb8263e8"}' AS BLOB));
INSERT INTO event VALUES (3, 1, 1, 'effects', CAST('[{"do":"set_timer","with":{"name":"quiet","due":"2026-11-22T15:56:31.475Z"}},{"do":"set_timer","with":{"name":"remind","due":"2026-11-22T16:26:31.375Z"}},{"do":"set_timer","with":{"name":"close","due":"2026-11-23T15:56:31.375Z"}}]' AS BLOB));
INSERT INTO event VALUES (3, 1, 2, 'origin', CAST('{"id":"message-00000001"}' AS BLOB));
INSERT INTO event VALUES (3, 2, 0, 'input', CAST('{"at":"2026-11-22T15:56:31.476Z","kind":"timer","timer":"quiet","seed":17733201204537968327,"case":"A-69AM","flow":"cd49bb8263e8"}' AS BLOB));
INSERT INTO event VALUES (3, 2, 1, 'effects', CAST('[{"do":"look_up","with":{"key":"48213"}},{"do":"set_timer","with":{"name":"wait","due":"2026-11-22T15:56:41.476Z"}}]' AS BLOB));
INSERT INTO event VALUES (3, 3, 0, 'input', CAST('{"at":"2026-11-22T15:56:31.478Z","kind":"fact","fact":{"key":"48213","found":true,"row":{"alt.en":"black lamp","alt.zh-Hans":"黑色台灯","alt.zh-Hant":"黑色檯燈","alt_date":"2026-11-24","currency":"USD","delivered":"2026-11-21","fees":"6","fees_what.en":"delivery fee","fees_what.zh-Hans":"运费","fees_what.zh-Hant":"運費","item.en":"white lamp","item.zh-Hans":"白色台灯","item.zh-Hant":"白色檯燈","loan.en":"","loan.zh-Hans":"","loan.zh-Hant":"","loan_date":"","order":"48213","ordered":"2026-11-16","overcharged":"","part_back":"","price":"42","promised":"2026-11-21","refund_by":"","same_date":"2026-11-27","status":"delivered","store.en":"Riverside","store.zh-Hans":"Riverside 店","store.zh-Hant":"Riverside 門市","store_until":"2026-11-24T20:00","warranty":"running","warranty_until":"2028-11-20","where.en":"was handed over at your address","where.zh-Hans":"已经送到您的收货地址","where.zh-Hant":"已經送到您的收件地址","window":"open"}},"seed":11036254983635200100,"case":"A-9MGA","flow":"cd49bb8263e8"}' AS BLOB));
INSERT INTO event VALUES (3, 3, 1, 'effects', CAST('[{"do":"clear_timer","with":{"name":"wait"}},{"do":"say","with":{"out":{"text":"Hello, the shop''s digital assistant here. Type \"person\" for a colleague. I am sorry it arrived like that; let us sort it out. What would help you most?","lang":"en","from":"bot","choices":[{"id":"svc:replacement","label":"New white lamp"},{"id":"svc:refund","label":"My money back"},{"id":"svc:repair","label":"A repair"},{"id":"svc:compensation","label":"For the trouble"}],"question":1},"state":"elicit"}},{"do":"set_timer","with":{"name":"remind","due":"2026-11-22T16:26:31.478Z"}},{"do":"set_timer","with":{"name":"close","due":"2026-11-23T15:56:31.478Z"}}]' AS BLOB));
INSERT INTO event VALUES (3, 4, 0, 'input', CAST('{"at":"2026-11-22T15:56:31.482Z","kind":"tap","from":{"ref":"web:c6b396612183287f271137fd6b84f1e9","lang":"en"},"tap":{"question":1,"choice":"svc:replacement"},"seed":13268570390602789509,"case":"A-KRPQ","flow":"cd49bb8263e8"}' AS BLOB));
INSERT INTO event VALUES (3, 4, 1, 'effects', CAST('[{"do":"retire","with":{"question":1,"chosen":"New white lamp"}},{"do":"say","with":{"out":{"text":"Is there a day by which you need the white lamp?","lang":"en","from":"bot"},"state":"elicit"}},{"do":"set_timer","with":{"name":"remind","due":"2026-11-22T16:26:31.482Z"}},{"do":"set_timer","with":{"name":"close","due":"2026-11-23T15:56:31.482Z"}}]' AS BLOB));
INSERT INTO event VALUES (3, 4, 2, 'origin', CAST('{"id":"message-00000002","tap":"b2ckWXC4slweMAw5lxHZQw"}' AS BLOB));
INSERT INTO event VALUES (3, 5, 0, 'input', CAST('{"at":"2026-11-22T15:56:31.488Z","kind":"message","from":{"ref":"web:c6b396612183287f271137fd6b84f1e9","lang":"en"},"text":"just an explanation","reading":{"lang":"en","mentions":[{"name":"explanation","score":0.7,"cue":"explanation"}],"intent":"explanation","confidence":0.7,"in_scope":true,"why":["mention:explanation"]},"seed":6571624169700021282,"case":"A-V9J6","flow":"cd49bb8263e8"}' AS BLOB));
INSERT INTO event VALUES (3, 5, 1, 'effects', CAST('[{"do":"say","with":{"out":{"text":"If a certain day matters, name it, such as \"Friday\"; if none does, I go on without one. Which is it?","lang":"en","from":"bot"},"state":"elicit"}},{"do":"set_timer","with":{"name":"remind","due":"2026-11-22T16:26:31.488Z"}},{"do":"set_timer","with":{"name":"close","due":"2026-11-23T15:56:31.488Z"}}]' AS BLOB));
INSERT INTO event VALUES (3, 5, 2, 'origin', CAST('{"id":"message-00000003"}' AS BLOB));
INSERT INTO event VALUES (3, 6, 0, 'input', CAST('{"at":"2026-11-22T15:56:31.492Z","kind":"message","from":{"ref":"web:c6b396612183287f271137fd6b84f1e9","lang":"en"},"text":"just an explanation","reading":{"lang":"en","mentions":[{"name":"explanation","score":0.7,"cue":"explanation"}],"intent":"explanation","confidence":0.7,"in_scope":true,"why":["mention:explanation"]},"seed":8803939576667610691,"case":"A-DGUJ","flow":"cd49bb8263e8"}' AS BLOB));
INSERT INTO event VALUES (3, 6, 1, 'effects', CAST('[{"do":"say","with":{"out":{"text":"Let me say it back: order 48213, the white lamp, arrived damaged. What would help you: 1. an explanation of how this came about, 2. a new white lamp. Did I get that right?","lang":"en","from":"bot","choices":[{"id":"yes","label":"Yes"},{"id":"change","label":"Change something"}],"question":4},"state":"restate"}},{"do":"set_timer","with":{"name":"remind","due":"2026-11-22T16:26:31.492Z"}},{"do":"set_timer","with":{"name":"close","due":"2026-11-23T15:56:31.492Z"}}]' AS BLOB));
INSERT INTO event VALUES (3, 6, 2, 'origin', CAST('{"id":"message-00000004"}' AS BLOB));
INSERT INTO event VALUES (3, 7, 0, 'input', CAST('{"at":"2026-11-22T15:56:31.495Z","kind":"tap","from":{"ref":"web:c6b396612183287f271137fd6b84f1e9","lang":"en"},"tap":{"question":4,"choice":"yes"},"seed":2106993355764842464,"case":"A-3737","flow":"cd49bb8263e8"}' AS BLOB));
INSERT INTO event VALUES (3, 7, 1, 'effects', CAST('[{"do":"retire","with":{"question":4,"chosen":"Yes"}},{"do":"say","with":{"out":{"text":"Which of these matters most to you?","lang":"en","from":"bot","choices":[{"id":"wish:1","label":"An explanation"},{"id":"wish:2","label":"New white lamp"}],"question":5},"state":"rank"}},{"do":"set_timer","with":{"name":"remind","due":"2026-11-22T16:26:31.495Z"}},{"do":"set_timer","with":{"name":"close","due":"2026-11-23T15:56:31.495Z"}}]' AS BLOB));
INSERT INTO event VALUES (3, 7, 2, 'origin', CAST('{"id":"message-00000005","tap":"h-x47cN1Ck27cDTCwucN1A"}' AS BLOB));
INSERT INTO event VALUES (3, 8, 0, 'input', CAST('{"at":"2026-11-22T15:56:31.5Z","kind":"tap","from":{"ref":"web:c6b396612183287f271137fd6b84f1e9","lang":"en"},"tap":{"question":5,"choice":"wish:1"},"seed":4339308762732431873,"case":"A-TC67","flow":"cd49bb8263e8"}' AS BLOB));
INSERT INTO event VALUES (3, 8, 1, 'effects', CAST('[{"do":"retire","with":{"question":5,"chosen":"An explanation"}},{"do":"use_case","with":{"number":"A-TC67"}},{"do":"set_timer","with":{"name":"promise:1:soon","due":"2026-11-27T17:59:50Z"}},{"do":"set_timer","with":{"name":"promise:1:due","due":"2026-11-27T18:00:00Z"}},{"do":"promise","with":{"promise":{"n":1,"case":"A-TC67","kind":"do","service":"replacement","text":"a new white lamp is with you by Friday, 27 November, 18:00","owner":"warehouse","opened":"2026-11-22T15:56:31.5Z","due":"2026-11-27T18:00:00Z","state":"open"},"event":"made","owner_name":"the warehouse"}},{"do":"say","with":{"out":{"text":"Yes, that works: a new white lamp is with you by Friday, 27 November, 18:00 (case A-TC67). How this came about is for the customer service supervisor to say, not for me to guess. I pass your question on, and you hear from me here by Sunday, 22 November, 15:56, with or without an answer. Is that all right with you?","lang":"en","from":"bot","choices":[{"id":"answer","label":"Answer by Sunday, 22 November, 15:56"},{"id":"person","label":"A person, please"}],"question":6},"state":"shelve"}},{"do":"set_timer","with":{"name":"remind","due":"2026-11-22T16:26:31.5Z"}},{"do":"set_timer","with":{"name":"close","due":"2026-11-23T15:56:31.5Z"}}]' AS BLOB));
INSERT INTO event VALUES (3, 8, 2, 'origin', CAST('{"id":"message-00000006","tap":"hW4K7KsF6VHCHgbWq_datw"}' AS BLOB));
INSERT INTO event VALUES (3, 9, 0, 'input', CAST('{"at":"2026-11-22T15:56:31.506Z","kind":"tap","from":{"ref":"web:c6b396612183287f271137fd6b84f1e9","lang":"en"},"tap":{"question":6,"choice":"answer"},"seed":14912664979601542574,"case":"A-9NAG","flow":"cd49bb8263e8"}' AS BLOB));
INSERT INTO event VALUES (3, 9, 1, 'effects', CAST('[{"do":"retire","with":{"question":6,"chosen":"Answer by Sunday, 22 November, 15:56"}},{"do":"set_timer","with":{"name":"promise:2:soon","due":"2026-11-22T15:56:41.5Z"}},{"do":"set_timer","with":{"name":"promise:2:due","due":"2026-11-22T15:56:51.5Z"}},{"do":"promise","with":{"promise":{"n":2,"case":"A-TC67","kind":"answer","service":"explanation","text":"an answer by Sunday, 22 November, 15:56 to your request for an explanation of how this came about","owner":"service","opened":"2026-11-22T15:56:31.506Z","due":"2026-11-22T15:56:51.5Z","state":"open"},"event":"made","owner_name":"the customer service supervisor"}},{"do":"say","with":{"out":{"text":"To sum up: 1. a new white lamp is with you by Friday, 27 November, 18:00, 2. an answer by Sunday, 22 November, 15:56 to your request for an explanation of how this came about. I am sorry for the trouble this caused, and thank you for speaking up. Is there anything else?","lang":"en","from":"bot","choices":[{"id":"all","label":"That is all"},{"id":"more","label":"One more thing"}],"question":7},"state":"close"}},{"do":"set_timer","with":{"name":"remind","due":"2026-11-22T16:26:31.506Z"}},{"do":"set_timer","with":{"name":"close","due":"2026-11-23T15:56:31.506Z"}}]' AS BLOB));
INSERT INTO event VALUES (3, 9, 2, 'origin', CAST('{"id":"message-00000007","tap":"Kx1wko3e_rZ5BiC6dDyEMg"}' AS BLOB));

CREATE TABLE outbox (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    conv_id     INTEGER NOT NULL,
    sender      TEXT NOT NULL,
    chat        TEXT NOT NULL,
    class       TEXT NOT NULL,
    dedup       TEXT NOT NULL DEFAULT '',
    written_at  INTEGER NOT NULL,
    next_at     INTEGER NOT NULL DEFAULT 0,
    attempts    INTEGER NOT NULL DEFAULT 0,
    sending_at  INTEGER NOT NULL DEFAULT 0,
    sent_at     INTEGER NOT NULL DEFAULT 0,
    unknown     INTEGER NOT NULL DEFAULT 0,
    outcome     TEXT NOT NULL DEFAULT '',
    reason      TEXT NOT NULL DEFAULT '',
    platform_id TEXT NOT NULL DEFAULT '',
    payload     BLOB
);
INSERT INTO outbox VALUES (1, 1, 'web', '9fd12200c6f9cff8cc61864e77414e93', 'reply', '', 1795362991247, 0, 1, 0, 1795362991249, 0, 'delivered', '', '1', CAST('{"v":1,"say":{"text":"Hello, the shop''s digital assistant here. Type \"person\" for a colleague. I am sorry it arrived like that; let us sort it out. May I have the order number?","lang":"en","from":"bot"}}' AS BLOB));
INSERT INTO outbox VALUES (2, 2, 'web', 'ff94769afb41afb6bdd13729808f0a04', 'reply', '', 1795362991354, 0, 1, 0, 1795362991356, 0, 'delivered', '', '2', CAST('{"v":1,"say":{"text":"Hello, I am the shop''s digital assistant; type \"person\" for a colleague. I am sorry it arrived like that; let us sort it out. May I have the order number?","lang":"en","from":"bot"}}' AS BLOB));
INSERT INTO outbox VALUES (3, 2, 'facts', '2', 'reply', '', 1795362991359, 0, 1, 0, 1795362991360, 0, 'delivered', '', '', CAST('{"v":1,"fact":{"key":"48213"}}' AS BLOB));
INSERT INTO outbox VALUES (4, 2, 'web', 'ff94769afb41afb6bdd13729808f0a04', 'reply', '', 1795362991361, 0, 1, 0, 1795362991363, 0, 'delivered', '', '4', CAST('{"v":1,"say":{"text":"Is there a day by which you need the white lamp?","lang":"en","from":"bot"}}' AS BLOB));
INSERT INTO outbox VALUES (5, 2, 'web', 'ff94769afb41afb6bdd13729808f0a04', 'reply', '', 1795362991365, 0, 1, 0, 1795362991367, 0, 'delivered', '', '5', CAST('{"v":1,"say":{"text":"What would help you most?","lang":"en","from":"bot","choices":[{"id":"svc:replacement","label":"New white lamp"},{"id":"svc:refund","label":"My money back"},{"id":"svc:repair","label":"A repair"},{"id":"svc:compensation","label":"For the trouble"}],"tokens":["hPCjdBziN88_XLLnO-d5_A","JUgkKX40oV600Ya6hIkWgg","FNOQc9ukrzDd1BUq8Aq_NQ","eIsrnqLBanMYr7qCAAHPWA"],"question":3}}' AS BLOB));
INSERT INTO outbox VALUES (6, 2, 'web', 'ff94769afb41afb6bdd13729808f0a04', 'reply', '', 1795362991369, 0, 1, 0, 1795362991371, 0, 'delivered', '', '6', CAST('{"v":1,"settle":{"question":3,"message":"","chosen":"New white lamp"}}' AS BLOB));
INSERT INTO outbox VALUES (7, 2, 'web', 'ff94769afb41afb6bdd13729808f0a04', 'reply', '', 1795362991369, 0, 1, 0, 1795362991372, 0, 'delivered', '', '7', CAST('{"v":1,"say":{"text":"Let me say it back: order 48213, the white lamp, arrived damaged. What would help you: a new white lamp. Did I get that right?","lang":"en","from":"bot","choices":[{"id":"yes","label":"Yes"},{"id":"change","label":"Change something"}],"tokens":["XG6iE7P-s_9RLq3qYEDexQ","B7h1OcAd6Y98BcJpDDqI6A"],"question":4}}' AS BLOB));
INSERT INTO outbox VALUES (8, 3, 'facts', '3', 'reply', '', 1795362991477, 0, 1, 0, 1795362991478, 0, 'delivered', '', '', CAST('{"v":1,"fact":{"key":"48213"}}' AS BLOB));
INSERT INTO outbox VALUES (9, 3, 'web', 'c6b396612183287f271137fd6b84f1e9', 'reply', '', 1795362991479, 0, 1, 0, 1795362991481, 0, 'delivered', '', '9', CAST('{"v":1,"say":{"text":"Hello, the shop''s digital assistant here. Type \"person\" for a colleague. I am sorry it arrived like that; let us sort it out. What would help you most?","lang":"en","from":"bot","choices":[{"id":"svc:replacement","label":"New white lamp"},{"id":"svc:refund","label":"My money back"},{"id":"svc:repair","label":"A repair"},{"id":"svc:compensation","label":"For the trouble"}],"tokens":["b2ckWXC4slweMAw5lxHZQw","VGqEq-gdZg_zvjYlBpjtfw","lFRvX4Gww5DX5extN34A8w","03_9MExt4MbkrJlP4y-F5Q"],"question":1}}' AS BLOB));
INSERT INTO outbox VALUES (10, 3, 'web', 'c6b396612183287f271137fd6b84f1e9', 'reply', '', 1795362991483, 0, 1, 0, 1795362991485, 0, 'delivered', '', '10', CAST('{"v":1,"settle":{"question":1,"message":"","chosen":"New white lamp"}}' AS BLOB));
INSERT INTO outbox VALUES (11, 3, 'web', 'c6b396612183287f271137fd6b84f1e9', 'reply', '', 1795362991483, 0, 1, 0, 1795362991487, 0, 'delivered', '', '11', CAST('{"v":1,"say":{"text":"Is there a day by which you need the white lamp?","lang":"en","from":"bot"}}' AS BLOB));
INSERT INTO outbox VALUES (12, 3, 'web', 'c6b396612183287f271137fd6b84f1e9', 'reply', '', 1795362991489, 0, 1, 0, 1795362991490, 0, 'delivered', '', '12', CAST('{"v":1,"say":{"text":"If a certain day matters, name it, such as \"Friday\"; if none does, I go on without one. Which is it?","lang":"en","from":"bot"}}' AS BLOB));
INSERT INTO outbox VALUES (13, 3, 'web', 'c6b396612183287f271137fd6b84f1e9', 'reply', '', 1795362991493, 0, 1, 0, 1795362991494, 0, 'delivered', '', '13', CAST('{"v":1,"say":{"text":"Let me say it back: order 48213, the white lamp, arrived damaged. What would help you: 1. an explanation of how this came about, 2. a new white lamp. Did I get that right?","lang":"en","from":"bot","choices":[{"id":"yes","label":"Yes"},{"id":"change","label":"Change something"}],"tokens":["h-x47cN1Ck27cDTCwucN1A","dZRhvzcOBvN9j3aggc19jg"],"question":4}}' AS BLOB));
INSERT INTO outbox VALUES (14, 3, 'web', 'c6b396612183287f271137fd6b84f1e9', 'reply', '', 1795362991496, 0, 1, 0, 1795362991498, 0, 'delivered', '', '14', CAST('{"v":1,"settle":{"question":4,"message":"","chosen":"Yes"}}' AS BLOB));
INSERT INTO outbox VALUES (15, 3, 'web', 'c6b396612183287f271137fd6b84f1e9', 'reply', '', 1795362991496, 0, 1, 0, 1795362991499, 0, 'delivered', '', '15', CAST('{"v":1,"say":{"text":"Which of these matters most to you?","lang":"en","from":"bot","choices":[{"id":"wish:1","label":"An explanation"},{"id":"wish:2","label":"New white lamp"}],"tokens":["hW4K7KsF6VHCHgbWq_datw","bmYHOhugf94fDw4W2CfPgQ"],"question":5}}' AS BLOB));
INSERT INTO outbox VALUES (16, 3, 'web', 'c6b396612183287f271137fd6b84f1e9', 'reply', '', 1795362991502, 0, 1, 0, 1795362991504, 0, 'delivered', '', '16', CAST('{"v":1,"settle":{"question":5,"message":"","chosen":"An explanation"}}' AS BLOB));
INSERT INTO outbox VALUES (17, 3, 'web', 'c6b396612183287f271137fd6b84f1e9', 'reply', '', 1795362991502, 0, 1, 0, 1795362991505, 0, 'delivered', '', '17', CAST('{"v":1,"say":{"text":"Yes, that works: a new white lamp is with you by Friday, 27 November, 18:00 (case A-TC67). How this came about is for the customer service supervisor to say, not for me to guess. I pass your question on, and you hear from me here by Sunday, 22 November, 15:56, with or without an answer. Is that all right with you?","lang":"en","from":"bot","choices":[{"id":"answer","label":"Answer by Sunday, 22 November, 15:56"},{"id":"person","label":"A person, please"}],"tokens":["Kx1wko3e_rZ5BiC6dDyEMg","5DfBKYdrjeX7Rz0bYzNd0A"],"question":6}}' AS BLOB));
INSERT INTO outbox VALUES (18, 3, 'web', 'c6b396612183287f271137fd6b84f1e9', 'reply', '', 1795362991508, 0, 1, 0, 1795362991509, 0, 'delivered', '', '18', CAST('{"v":1,"settle":{"question":6,"message":"","chosen":"Answer by Sunday, 22 November, 15:56"}}' AS BLOB));
INSERT INTO outbox VALUES (19, 3, 'web', 'c6b396612183287f271137fd6b84f1e9', 'reply', '', 1795362991508, 0, 1, 1795362991510, 0, 0, '', '', '', CAST('{"v":1,"say":{"text":"To sum up: 1. a new white lamp is with you by Friday, 27 November, 18:00, 2. an answer by Sunday, 22 November, 15:56 to your request for an explanation of how this came about. I am sorry for the trouble this caused, and thank you for speaking up. Is there anything else?","lang":"en","from":"bot","choices":[{"id":"all","label":"That is all"},{"id":"more","label":"One more thing"}],"tokens":["KDcLLDpVKp5Gr7mvY56iJw","gZTWxtln9j9J5QO90mAgew"],"question":7}}' AS BLOB));
INSERT INTO outbox VALUES (20, 1, 'web', 'gone', 'reply', '', 1795362969650, 0, 3, 0, 1795362969900, 0, 'refused', 'no such chat', '', CAST('{}' AS BLOB));
INSERT INTO outbox VALUES (21, 1, 'web', 'gone', 'once', '', 1795362969650, 0, 2, 0, 1795362969901, 1, 'delivered', '', '7', CAST('{}' AS BLOB));

CREATE TABLE timer (
    conv_id INTEGER NOT NULL,
    name    TEXT NOT NULL,
    due_at  INTEGER NOT NULL,
    set_by  INTEGER NOT NULL,
    PRIMARY KEY (conv_id, name)
) WITHOUT ROWID;
INSERT INTO timer VALUES (1, 'close', 1795449391245, 2);
INSERT INTO timer VALUES (1, 'remind', 1795364791245, 2);
INSERT INTO timer VALUES (2, 'close', 1795449391368, 8);
INSERT INTO timer VALUES (2, 'remind', 1795364791368, 8);
INSERT INTO timer VALUES (3, 'close', 1795449391506, 17);
INSERT INTO timer VALUES (3, 'promise:1:due', 1795802400000, 16);
INSERT INTO timer VALUES (3, 'promise:1:soon', 1795802390000, 16);
INSERT INTO timer VALUES (3, 'promise:2:due', 1795363011500, 17);
INSERT INTO timer VALUES (3, 'promise:2:soon', 1795363001500, 17);
INSERT INTO timer VALUES (3, 'remind', 1795364791506, 17);

CREATE TABLE ask (
    token    TEXT NOT NULL PRIMARY KEY,
    conv_id  INTEGER NOT NULL,
    question INTEGER NOT NULL,
    choice   TEXT NOT NULL,
    expires  INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO ask VALUES ('03_9MExt4MbkrJlP4y-F5Q', 3, 1, 'svc:compensation', 1797954991478);
INSERT INTO ask VALUES ('5DfBKYdrjeX7Rz0bYzNd0A', 3, 6, 'person', 1797954991500);
INSERT INTO ask VALUES ('B7h1OcAd6Y98BcJpDDqI6A', 2, 4, 'change', 1797954991368);
INSERT INTO ask VALUES ('FNOQc9ukrzDd1BUq8Aq_NQ', 2, 3, 'svc:repair', 1797954991364);
INSERT INTO ask VALUES ('JUgkKX40oV600Ya6hIkWgg', 2, 3, 'svc:refund', 1797954991364);
INSERT INTO ask VALUES ('KDcLLDpVKp5Gr7mvY56iJw', 3, 7, 'all', 1797954991506);
INSERT INTO ask VALUES ('Kx1wko3e_rZ5BiC6dDyEMg', 3, 6, 'answer', 1797954991500);
INSERT INTO ask VALUES ('VGqEq-gdZg_zvjYlBpjtfw', 3, 1, 'svc:refund', 1797954991478);
INSERT INTO ask VALUES ('XG6iE7P-s_9RLq3qYEDexQ', 2, 4, 'yes', 1797954991368);
INSERT INTO ask VALUES ('b2ckWXC4slweMAw5lxHZQw', 3, 1, 'svc:replacement', 1797954991478);
INSERT INTO ask VALUES ('bmYHOhugf94fDw4W2CfPgQ', 3, 5, 'wish:2', 1797954991495);
INSERT INTO ask VALUES ('dZRhvzcOBvN9j3aggc19jg', 3, 4, 'change', 1797954991492);
INSERT INTO ask VALUES ('eIsrnqLBanMYr7qCAAHPWA', 2, 3, 'svc:compensation', 1797954991364);
INSERT INTO ask VALUES ('gZTWxtln9j9J5QO90mAgew', 3, 7, 'more', 1797954991506);
INSERT INTO ask VALUES ('h-x47cN1Ck27cDTCwucN1A', 3, 4, 'yes', 1797954991492);
INSERT INTO ask VALUES ('hPCjdBziN88_XLLnO-d5_A', 2, 3, 'svc:replacement', 1797954991364);
INSERT INTO ask VALUES ('hW4K7KsF6VHCHgbWq_datw', 3, 5, 'wish:1', 1797954991495);
INSERT INTO ask VALUES ('lFRvX4Gww5DX5extN34A8w', 3, 1, 'svc:repair', 1797954991478);

CREATE TABLE anchor (
    sender      TEXT NOT NULL,
    name        TEXT NOT NULL,
    platform_id TEXT NOT NULL,
    conv_id     INTEGER NOT NULL,
    PRIMARY KEY (sender, name),
    UNIQUE (sender, platform_id)
) WITHOUT ROWID;
INSERT INTO anchor VALUES ('web', 'q:2:3', '2/5', 2);
INSERT INTO anchor VALUES ('web', 'q:2:4', '2/7', 2);
INSERT INTO anchor VALUES ('web', 'q:3:1', '3/9', 3);
INSERT INTO anchor VALUES ('web', 'q:3:4', '3/13', 3);
INSERT INTO anchor VALUES ('web', 'q:3:5', '3/15', 3);
INSERT INTO anchor VALUES ('web', 'q:3:6', '3/17', 3);

CREATE TABLE promise (
    conv_id     INTEGER NOT NULL,
    n           INTEGER NOT NULL,
    case_number TEXT NOT NULL,
    text        TEXT NOT NULL,
    owner       TEXT NOT NULL,
    state       TEXT NOT NULL,
    due_at      INTEGER NOT NULL,
    opened_at   INTEGER NOT NULL,
    closed_at   INTEGER NOT NULL,
    PRIMARY KEY (conv_id, n)
) WITHOUT ROWID;
INSERT INTO promise VALUES (3, 1, 'A-TC67', 'a new white lamp is with you by Friday, 27 November, 18:00', 'warehouse', 'open', 1795802400000, 1795362991500, 0);
INSERT INTO promise VALUES (3, 2, 'A-TC67', 'an answer by Sunday, 22 November, 15:56 to your request for an explanation of how this came about', 'service', 'open', 1795363011500, 1795362991506, 0);

CREATE TABLE handoff (
    conv_id   INTEGER NOT NULL,
    n         INTEGER NOT NULL,
    state     TEXT NOT NULL,
    owner     TEXT NOT NULL,
    name      TEXT NOT NULL,
    cause     TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    closed_at INTEGER NOT NULL,
    PRIMARY KEY (conv_id, n)
) WITHOUT ROWID;

CREATE TABLE case_number (
    number  TEXT NOT NULL PRIMARY KEY,
    conv_id INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO case_number VALUES ('A-TC67', 3);

CREATE TABLE dead (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    source  TEXT NOT NULL,
    dedup   TEXT NOT NULL DEFAULT '',
    reason  TEXT NOT NULL,
    at      INTEGER NOT NULL,
    payload BLOB
);
INSERT INTO dead VALUES (1, 'outbox', 'outbox:20', 'no such chat', 1795362969900, CAST('{}' AS BLOB));
INSERT INTO dead VALUES (2, 'web', 'inbox:1', 'cannot be read', 1795362969902, CAST('hi' AS BLOB));

CREATE TABLE meta (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO meta VALUES ('flow served last', 'cd49bb8263e8');

CREATE INDEX conversation_blocked ON conversation (id) WHERE blocked_at <> 0;
CREATE INDEX inbox_pending ON inbox (id) WHERE done_at = 0;
CREATE UNIQUE INDEX outbox_dedup ON outbox (dedup) WHERE dedup <> '';
CREATE INDEX outbox_chat ON outbox (chat, id);
CREATE INDEX outbox_unsent ON outbox (id) WHERE sent_at = 0;
CREATE INDEX outbox_unknown ON outbox (id) WHERE unknown <> 0;
CREATE INDEX timer_due ON timer (due_at);
CREATE INDEX promise_open ON promise (due_at) WHERE state = 'open';
CREATE INDEX handoff_open ON handoff (opened_at) WHERE state IN ('queued', 'owned');
CREATE UNIQUE INDEX dead_dedup ON dead (dedup) WHERE dedup <> '';
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES ('goose_db_version', 2);
INSERT INTO sqlite_sequence VALUES ('conversation', 3);
INSERT INTO sqlite_sequence VALUES ('inbox', 17);
INSERT INTO sqlite_sequence VALUES ('outbox', 21);
INSERT INTO sqlite_sequence VALUES ('dead', 2);
