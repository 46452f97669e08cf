PRAGMA application_id = 1163087948;
PRAGMA user_version = 1;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE project (
    name TEXT NOT NULL,
    created TEXT NOT NULL);
INSERT INTO project VALUES('Orchard 🌳','2026-11-23T20:45:04.008Z');
CREATE TABLE dataset_version (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    version INTEGER NOT NULL,
    saved INTEGER NOT NULL DEFAULT 0,
    source TEXT NOT NULL,
    row_count INTEGER NOT NULL,
    settings TEXT NOT NULL,
    created TEXT NOT NULL,
    UNIQUE (name_key, version));
INSERT INTO dataset_version VALUES(1,'points','points',1,1,'200d766765f7a7341d748193431c1afe22656b16f9d6d75cc313898a5d6878ce',60,'{"features":[{"color_mode":"color","column":"point","encoding":"numeric","height":0,"name":"point","normalization":"standardization","positive_class":"","transformation":"none","width":0},{"color_mode":"color","column":"kind","encoding":"categorical","height":0,"name":"kind","normalization":"none","positive_class":"","transformation":"none","width":0}],"normalize_on":"Training","seed":1,"statistics":{"kind":{"class_counts":[24,24],"deviation":1,"maximum":1,"mean":0,"minimum":0,"missing":0},"point":{"class_counts":[],"deviation":0.5841434222955718,"maximum":0.9760302901268005,"mean":-0.11725547608345248,"minimum":-0.9843400716781616,"missing":0}},"subsets":[{"name":"Training","random":{"from":"start","percent":80,"seed":1}},{"name":"Validation","random":{"from":"end","percent":20,"seed":1}}]}','2026-11-23T20:45:04.026Z');
INSERT INTO dataset_version VALUES(2,'points','points',2,0,'200d766765f7a7341d748193431c1afe22656b16f9d6d75cc313898a5d6878ce',60,'{"features":[{"color_mode":"color","column":"point","encoding":"numeric","height":0,"name":"point","normalization":"standardization","positive_class":"","transformation":"none","width":0},{"color_mode":"color","column":"kind","encoding":"categorical","height":0,"name":"kind","normalization":"none","positive_class":"","transformation":"none","width":0}],"normalize_on":"Training","seed":1,"statistics":{},"subsets":[{"name":"Training","random":{"from":"start","percent":80,"seed":1}},{"name":"Validation","random":{"from":"end","percent":20,"seed":1}}]}','2026-11-23T20:45:04.035Z');
CREATE TABLE experiment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    dataset INTEGER NOT NULL REFERENCES dataset_version (id) ON DELETE RESTRICT,
    graph TEXT NOT NULL,
    settings TEXT NOT NULL,
    state TEXT NOT NULL,
    error TEXT NOT NULL DEFAULT '',
    notes TEXT NOT NULL DEFAULT '',
    parameters INTEGER NOT NULL DEFAULT 0,
    start_weights TEXT NOT NULL DEFAULT '',
    start_checksum TEXT NOT NULL DEFAULT '',
    created TEXT NOT NULL);
INSERT INTO experiment VALUES(1,'Äpfel''s "first"','äpfel''s "first"',1,'{"blocks":[{"id":1,"name":"Input","parameters":{"feature":"point"},"position":[0,0],"type":"input"},{"id":2,"name":"Dense","parameters":{"activation":"softmax","nodes":2},"position":[0,80],"type":"dense"},{"id":3,"name":"Target","parameters":{"feature":"kind"},"position":[0,160],"type":"target"}],"connections":[{"from":1,"port":0,"to":2},{"from":2,"port":0,"to":3}],"version":1}','{"batch_size":32,"checkpoints.every":0,"device":"auto","early_stopping.patience":0,"epochs":2,"optimizer":"adam","optimizer.beta_1":0.9,"optimizer.beta_2":0.999,"optimizer.epsilon":1e-07,"optimizer.learning_rate":0.001,"precision":"float32","schedule":"constant","schedule.decay":0.9,"schedule.every":5,"schedule.floor":0,"seed":1,"threads":0,"training_subset":"Training","validation_subset":"Validation"}','completed','',replace('line 1\nline 2; end','\n',char(10)),6,'','','2026-11-23T20:45:04.039Z');
CREATE TABLE epoch (
    experiment INTEGER NOT NULL REFERENCES experiment (id) ON DELETE CASCADE,
    epoch INTEGER NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (experiment, epoch)) WITHOUT ROWID;
INSERT INTO epoch VALUES(1,1,'{"best":true,"checkpoint_seconds":0,"epoch":1,"examples_per_second":0,"learning_rate":0,"seconds":0.5,"training":{"accuracy":0.75,"loss":0.25},"validation":{"accuracy":0.75,"loss":0.25},"validation_seconds":0}');
INSERT INTO epoch VALUES(1,2,'{"best":false,"checkpoint_seconds":0,"epoch":2,"examples_per_second":0,"learning_rate":0,"seconds":0.5,"training":{"accuracy":0.5,"loss":0.5},"validation":{"accuracy":0.5,"loss":0.5},"validation_seconds":0}');
CREATE TABLE checkpoint (
    experiment INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    file TEXT NOT NULL,
    checksum TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (experiment, epoch),
    FOREIGN KEY (experiment, epoch) REFERENCES epoch (experiment, epoch) ON DELETE CASCADE)
    WITHOUT ROWID;
INSERT INTO checkpoint VALUES(1,1,'1/epoch-0001.safetensors','83f1089144164f5c1614649fb788c0dd346a865214b7d7b7e56049b5f976c598',136);
INSERT INTO checkpoint VALUES(1,2,'1/epoch-0002.safetensors','52fa3e3e67e7f033d1404e9aef955cae55f13d1d3994a7c202f0e5640e3142a2',136);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('dataset_version',2);
INSERT INTO sqlite_sequence VALUES('experiment',1);
CREATE INDEX dataset_version_source ON dataset_version (source);
CREATE INDEX experiment_dataset ON experiment (dataset);
COMMIT;
