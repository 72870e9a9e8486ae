PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE schema_version (number integer primary key, name text not null, hash text not null, at text not null);
INSERT INTO schema_version VALUES(1,'0001-kernel','34d9a0b49a1699f337f1e70ee11bcb50021f1d2ef38cfbaa574d1e233b224ecb','2026-11-26T22:31:04.4214188+00:00');
INSERT INTO schema_version VALUES(2,'0002-statistics','c50d77f521af920315b8d0da8629ef31feb99aae8e5477d740de4ca1ef3c0e3c','2026-11-26T22:31:04.4226375+00:00');
INSERT INTO schema_version VALUES(3,'0003-assessment','2ffa70d03ff1191a35866489f5c93e5addc964bcd451477139a21611e200e608','2026-11-26T22:31:04.4231516+00:00');
INSERT INTO schema_version VALUES(4,'0004-plans','14459919338e43d237855ff6378f24bf428279b99f8365a7dfaed167a4a6901c','2026-11-26T22:31:04.4239422+00:00');
INSERT INTO schema_version VALUES(5,'0005-plans-more','ce1d593ad854f9f457872c0350836147c4046a9dcb94a59cef0ff31b88e79210','2026-11-26T22:31:04.4278310+00:00');
INSERT INTO schema_version VALUES(6,'0006-statistics-more','11132837c4570213863be078ac947e19b709d8aa0726c8a54c72cd6bcd065c72','2026-11-26T22:31:04.4281691+00:00');
INSERT INTO schema_version VALUES(7,'0007-approval-version','ad0d4bfcf260a828940ebd2fc0f029d285b3bb680f898ce29e8b7d54427e4143','2026-11-26T22:31:04.4287069+00:00');
INSERT INTO schema_version VALUES(8,'0008-assessment-more','ba1e28af4f5298c6b69a5903594f0b4f51b2c8c41e5113af25503e30a526bbb3','2026-11-26T22:31:04.4296863+00:00');
INSERT INTO schema_version VALUES(9,'0009-cockpit','28894e13d78fec1769c3414adf2e7e0b7d5b10ab76be802a87c48ea46254f2a9','2026-11-26T22:31:04.4297336+00:00');
CREATE TABLE audit_record (
    id integer not null primary key autoincrement,
    reference integer not null,
    at integer not null,
    user_id integer not null,
    on_behalf_of integer null,
    organisation_id integer not null,
    action text not null,
    subject_kind text not null,
    subject_id integer not null,
    before text null,
    after text null,
    digest text not null
);
INSERT INTO audit_record VALUES(1,1,1795732265384021,0,NULL,1,'platform.found','organisation',1,NULL,'platform','d1ea51f515fc066b2ca64dffabc14cb043051034feeaa670c1bf792610fb4a25');
INSERT INTO audit_record VALUES(2,1000,1795732265524689,0,NULL,1,'user.create','user',1000,NULL,'system: system-admin','9c221fc385c277722eedef196ca1e177febd2a841ce777d1307049b19884fda5');
INSERT INTO audit_record VALUES(3,1002,1795732265579720,0,NULL,1,'user.create','user',1002,NULL,'security: security-admin','c53b94ca018cde6666c7be9421ffd3b8de58720c65b8476695cb51a37ba25e38');
INSERT INTO audit_record VALUES(4,1004,1795732265627065,0,NULL,1,'user.create','user',1004,NULL,'audit: audit-admin','db769a1a22b71382d02b3e1c7cd744935ff2743e876f1a9bca31b87f275027b0');
INSERT INTO audit_record VALUES(5,1006,1795732271091264,0,NULL,0,'token.issue','user',1000,NULL,'system','7f5182d8645762485b105ad5317db400637e1a6f1251a240a567866d596a91d8');
INSERT INTO audit_record VALUES(6,1007,1795732271246354,1000,NULL,1007,'organisation.create','organisation',1007,NULL,'town town','b75cd4061249bde5bd92fb0628a70b6bee17cceea5989a5bca222dc7a934ef54');
INSERT INTO audit_record VALUES(7,1008,1795732271269612,1000,NULL,1008,'organisation.create','organisation',1008,NULL,'bureau bureau','5faf1c871ac0274f33f4678a09a3ebd6a84a8eff0c5760ca25810d6461e888cb');
INSERT INTO audit_record VALUES(8,1009,1795732271277209,1000,NULL,1009,'organisation.create','organisation',1009,NULL,'office office','96491210cee614e46025c43ad19bdb62428cfa804a254e1cf9c6a8b6d38c715c');
INSERT INTO audit_record VALUES(9,1010,1795732271283353,1000,NULL,1010,'organisation.create','organisation',1010,NULL,'u1 u1','dfac32e1adb1d3690fb552cc00d89057d559847e8601e2eb4e60b6616268de6b');
INSERT INTO audit_record VALUES(10,1011,1795732271291514,1000,NULL,1011,'organisation.create','organisation',1011,NULL,'u2 u2','97db462b73b29f335220795a2384e628978242d9d60ec80d05341a5630d4fe79');
INSERT INTO audit_record VALUES(11,1012,1795732271337119,0,NULL,0,'token.issue','user',1002,NULL,'security','6a06bec9b8d84187f185e36ffbeeec1c0bfcb9b54993c6af02cb343430414b37');
INSERT INTO audit_record VALUES(12,1013,1795732271468036,1002,NULL,1,'user.create','user',1013,NULL,'reviewer: reviewer@bureau','bf096aeb15185a730424746b1be8f0ce28a776c05e0d9ea3cf1e05c6facc2e02');
INSERT INTO audit_record VALUES(13,1015,1795732271519374,1002,NULL,1,'user.create','user',1015,NULL,'approver: approver@office','c7456f6cb8c4e1649bb6abaf52956e2a7811ce165c1742c42c2d018675f40b83');
INSERT INTO audit_record VALUES(14,1017,1795732271600047,1002,NULL,1,'user.create','user',1017,NULL,'assessor: assessor@office','c220e520e1abc9d83da597c9f29f9acf0e37dd39dfc581a78a14dbdfd5c41551');
INSERT INTO audit_record VALUES(15,1019,1795732271661438,1002,NULL,1,'user.create','user',1019,NULL,'officer: appeal-officer@office','ab15dcf1ba348aae805d44c1e4ba5c03c7745372db03c2b19e42aa14d5375f65');
INSERT INTO audit_record VALUES(16,1021,1795732271707191,1002,NULL,1,'user.create','user',1021,NULL,'u1-reporter: reporter@u1','4a955cf615d2a6882d9e933888211c0b3db87feb6754f0081d7d61582ca4b4cf');
INSERT INTO audit_record VALUES(17,1023,1795732271786969,1002,NULL,1,'user.create','user',1023,NULL,'u2-reporter: reporter@u2','538090a91a75d36889a849c8c3e7a36c40c68d8800f469d30cba3f6de53c3f53');
INSERT INTO audit_record VALUES(18,1025,1795732271845973,1002,NULL,1,'user.create','user',1025,NULL,'u1-liaison: liaison@u1','85d5be50fe793dba0143fbe37200dd9357230eadeed2e179952276d74de06372');
INSERT INTO audit_record VALUES(19,1027,1795732271902927,1000,NULL,0,'indicator.create','indicator',1027,NULL,'I','0f5e4e6475cf387b44d743c8e949a22833164cecbc66d51ba711b9e2151abc28');
INSERT INTO audit_record VALUES(20,1028,1795732271983228,1000,NULL,0,'form.create','form',1028,NULL,'F: I @ u1 u2','f8b1fb7f8809263610c19e28d1f0a7d371252d3eabbc6469af499833f27554c0');
INSERT INTO audit_record VALUES(21,1029,1795732272028490,1000,NULL,1010,'target.set','target',1029,NULL,'I 2026Q3 100','23e2566f7c0a7aa8c225c9f3903e5afd483791fc29c77061c353576e939a4e39');
INSERT INTO audit_record VALUES(22,1030,1795732272085608,0,NULL,0,'token.issue','user',1021,NULL,'u1-reporter','ea8ddddc88b359d61c4868d3a1e1fe0dc5f5e68d7bda91ad26b7cc868100136f');
INSERT INTO audit_record VALUES(23,1033,1795732272142783,1021,NULL,1010,'return-direct.open','return',1031,NULL,'draft','27b66f0fc42402e4c4f7057f071744df61d0be0ceff25b8cb7fa9c0ed24f198b');
INSERT INTO audit_record VALUES(24,1034,1795732272152068,1021,NULL,1010,'return-direct.save','return',1031,'draft','draft','d79bd5e86ceb3790f388decee6cd68cb258210ab02ed13ef3865341f0cafa99f');
INSERT INTO audit_record VALUES(25,1036,1795732272230693,1021,NULL,1010,'return-direct.submit','return',1031,'draft','submitted','c7469d9d7575a90397707ec65e279385b885246882a0753c395bb24e19ca7fe7');
INSERT INTO audit_record VALUES(26,1037,1795732272295366,0,NULL,0,'token.issue','user',1013,NULL,'reviewer','752b55b5ea22284ec5432798a1fe4290ad6fb9673a5f4054b5b761611f20ad22');
INSERT INTO audit_record VALUES(27,1038,1795732272309049,1013,NULL,1010,'return-direct.review','return',1031,'submitted','reviewed','95564c2a323c4d909cf2c04acbe458472ea470846491fe176fdde88942ce7542');
INSERT INTO audit_record VALUES(28,1040,1795732272369584,0,NULL,0,'token.issue','user',1015,NULL,'approver','e76646f0116ea6a5c7ea334e9d547e2ef67d916546636fd7010dd223ecbbabae');
INSERT INTO audit_record VALUES(29,1041,1795732272376211,1015,NULL,1010,'return-direct.approve','return',1031,'reviewed','approved','370fb0893065d00796f6f678c63620d11433cf633c1aca0f4001c6df1a36d313');
INSERT INTO audit_record VALUES(30,1043,1795732272398488,1000,NULL,1011,'target.set','target',1043,NULL,'I 2026Q3 100','99601d55d2bbaec8a4f8bac0e86db65c469e7e27366c84ce4e47935d96bccee6');
INSERT INTO audit_record VALUES(31,1044,1795732272445471,0,NULL,0,'token.issue','user',1023,NULL,'u2-reporter','8a166fcc4fd17bbeba200ce991def20e26c5aaa8055502f9cbfd7d138912c175');
INSERT INTO audit_record VALUES(32,1047,1795732272452383,1023,NULL,1011,'return-direct.open','return',1045,NULL,'draft','b5c050b47dcaa9c184b956c5c643e1f41be112e6ba292baff9af6c1a7f0f4747');
INSERT INTO audit_record VALUES(33,1048,1795732272452569,1023,NULL,1011,'return-direct.save','return',1045,'draft','draft','066b41df44a57e172aea6fe85c5e436e270b9d4c41f841bdf6cde0c0393a5bf9');
INSERT INTO audit_record VALUES(34,1050,1795732272460311,1023,NULL,1011,'return-direct.submit','return',1045,'draft','submitted','136863f87e1c62595c161510a061ddcc2b0caebff3443c16fe57fb9d9911ae81');
INSERT INTO audit_record VALUES(35,1051,1795732272466936,1013,NULL,1011,'return-direct.review','return',1045,'submitted','reviewed','06bf497033af78a81aacd96fc9e70b8e772fd077285ed40682987def108e75f1');
INSERT INTO audit_record VALUES(36,1053,1795732272471711,1015,NULL,1011,'return-direct.approve','return',1045,'reviewed','approved','ab7cf4f3f7308d916b700a02a7c6c55ba33d6b38422f1e5559f8e074011d1cf3');
INSERT INTO audit_record VALUES(37,1055,1795732272519482,0,NULL,0,'token.issue','user',1017,NULL,'assessor','941c2c69a40a2e4f383b75a43e25f31a0091dc8c695cb58f0c6caa8a1fc7a448');
INSERT INTO audit_record VALUES(38,1056,1795732272578276,1017,NULL,0,'scheme.make','scheme',1056,NULL,'S v1','0f8cda07c5fca3acdaa5fc7255bfa6e7dbe95e0e65b9c5b0dee1280b50429d75');
INSERT INTO audit_record VALUES(39,1059,1795732272623795,1017,NULL,1007,'round.open','round',1057,NULL,'draft','b62162fed6038f84b1239f1095114d7841cf3a9f0bf6cc1e5561a1af710d2faa');
INSERT INTO audit_record VALUES(40,1060,1795732272720816,1017,NULL,1007,'round.freeze','round',1057,'draft','frozen','ecab615e67827b0f505137f289f0a068722fec71d3ed023476033c3167ef83ed');
INSERT INTO audit_record VALUES(41,1061,1795732272885925,1017,NULL,1007,'round.score','round',1057,NULL,'caf07b5e55276dd38d607708f2bba5f5b485659dbcddbd42a7a3bb4673ec9128','a0f016250ba1969381acae20a4f7d092b4b05a0f5e8f5a51159ec6b306401abe');
INSERT INTO audit_record VALUES(42,1062,1795732272916680,1017,NULL,1007,'round.release','round',1057,'frozen','released','7ecbfaf98be6caf0985e55221d59baae43b7795384fa42c5260d94b69b2c8fc7');
INSERT INTO audit_record VALUES(43,1064,1795732272928508,1017,NULL,1011,'feedback.open','feedback',1057,NULL,'made','61dbd1d0964e538b200c95a8037c2ee7597dd7775fa7256ba10ebf2b0e3c0e89');
INSERT INTO audit_record VALUES(44,1065,1795732272929046,1017,NULL,1011,'feedback.send','feedback',1057,'made','sent','b0185aae9d80200b7c73d411eb7c06a97c11dff9486f652cd7993b5dfb9ec843');
INSERT INTO audit_record VALUES(45,1067,1795732272933018,1017,NULL,1010,'feedback.open','feedback',1057,NULL,'made','5e414e0f35466e2c25924cb4817d1647a5a0d0650ac791bedbd895dc6d8e0a2b');
INSERT INTO audit_record VALUES(46,1068,1795732272933106,1017,NULL,1010,'feedback.send','feedback',1057,'made','sent','9dd533e4663e4f6b4c060a8d552cde33836c5dfe1e11ebaa1bbca271cc915daa');
INSERT INTO audit_record VALUES(47,1071,1795732272933854,1017,NULL,1010,'rectification.open','rectification',1069,NULL,'made','e06f8eccb25fb05c77f84ac810f0a65a4de17f3bdb0c286de069c06eaab4253e');
INSERT INTO audit_record VALUES(48,1072,1795732272933878,1017,NULL,1010,'rectification.ask','rectification',1069,'made','asked','4248cdca9f11e965448d3fe871789a9ccd3658e9c4bbe2b03f0f687ed1652c61');
INSERT INTO audit_record VALUES(49,1073,1795732272990026,0,NULL,0,'token.issue','user',1025,NULL,'u1-liaison','f6b733959fc11785268bea42d4893442a4dbd9e1bf0ac852d39e9bcf8c297d88');
INSERT INTO audit_record VALUES(50,1076,1795732273033416,1025,NULL,1010,'appeal.open','appeal',1074,NULL,'drafted','ac59c78c4df661380702a89bd3353884d19e565afce606f923458acad0c4c0a4');
INSERT INTO audit_record VALUES(51,1077,1795732273038373,1025,NULL,1010,'appeal.file','appeal',1074,'drafted','filed','7488e9640b530f8f0d54956a1c45a9163b45af558c143d17ff0c602419a29d8a');
CREATE TABLE audit_seal (
    position integer not null primary key,
    record_id integer not null,
    chain text not null,
    sealed_at integer not null
);
INSERT INTO audit_seal VALUES(1,1,'f4dc39260a4810f06435aa5e1edbf8bc4ed329eb647d948078276988c2bca222',1795732266650582);
INSERT INTO audit_seal VALUES(2,2,'7a3538df20f1a4842c33ea2af76d9e826f79d17b9d6715d95f6ded4a9c96274a',1795732266650667);
INSERT INTO audit_seal VALUES(3,3,'b5885add9c1b844117822198740d4f97828927f7f6e9f2f37f960661386705d7',1795732266650703);
INSERT INTO audit_seal VALUES(4,4,'633420c3e722ada1a8c31cb20658822d7fd12bf8297552c04a21c0d80337ceac',1795732266650720);
INSERT INTO audit_seal VALUES(5,5,'7249b9882cc8eb40184a89f4d5935ae6c27cbe8f82ae522a73e2c085ed9b0ef1',1795732271643866);
INSERT INTO audit_seal VALUES(6,6,'91612a4e98380dd71e00421df97c34fe16c787589e4b1b9421b3d3edc7efd179',1795732271643903);
INSERT INTO audit_seal VALUES(7,7,'12bf225d5c1dc2a20a713e5d4a6ede41ff736c5197cc2ea8db57dc9a88b663a0',1795732271643917);
INSERT INTO audit_seal VALUES(8,8,'baa3f5ae45aa8c0be73c3e8fef4f13ec9a4dd250c9e4cd8320a7523dfbdae9ff',1795732271643927);
INSERT INTO audit_seal VALUES(9,9,'833332d60b4491e08f8e54846d6efedfdfe5050f023f896b5cb1f22c80fc9700',1795732271643937);
INSERT INTO audit_seal VALUES(10,10,'e307864c4dd7c828b31eced59a076b27934675e0b493a5ae6f6eca726e937cf0',1795732271643947);
INSERT INTO audit_seal VALUES(11,11,'5e39ab2cef34c94d401e6bfc9d61482d9123a1ab263bceb7c668adfe7298cea5',1795732271643955);
INSERT INTO audit_seal VALUES(12,12,'8d91c98964c915d6845a614e543ce24b959dc8d71c50ec5e25f69b5898abb443',1795732271643964);
INSERT INTO audit_seal VALUES(13,13,'0bed7c3886f53243742a287bc55dce24637d394f0674fd4c794f8e9c46045891',1795732271643975);
INSERT INTO audit_seal VALUES(14,14,'75c98dc40e0aaba07f942c255aaa885367d3b20a9043c73458034611e05b653a',1795732271643983);
INSERT INTO audit_seal VALUES(15,15,'0e4af4091f9bf0ed669eb4bc80b8ceeed65fdefc7cd7e3350b42a746f19ed235',1795732272644111);
INSERT INTO audit_seal VALUES(16,16,'d4b56f35f1e527cfeccbe1a1a879fe9d68dc2a2fa0c89dcd406a16b8371c4eef',1795732272644148);
INSERT INTO audit_seal VALUES(17,17,'515848e26752c7ebe2d2ca1210be7da22249f768ea2860473427cf48d6e0a49b',1795732272644163);
INSERT INTO audit_seal VALUES(18,18,'f86f22ae98319d6342b1e53877acf439aa13908eec98fe1b9e661de955edb915',1795732272644172);
INSERT INTO audit_seal VALUES(19,19,'0a935687ac50613b8cdd0c4326cf7ac82aadba1b1b4cf2f83dabbde319739e5e',1795732272644183);
INSERT INTO audit_seal VALUES(20,20,'b50006d3e71cd5396df33b3588402de858f9a0e646283575b51a903df5d9bad7',1795732272644195);
INSERT INTO audit_seal VALUES(21,21,'25f99f451684e44a7dadaa7e9fbe63ccd5aa72ab0656b91be4c3f54ce18875da',1795732272644204);
INSERT INTO audit_seal VALUES(22,22,'36330bf5384efc716ec52b77f60993430648fe9bdb52360fb7acb850292a2e3e',1795732272644216);
INSERT INTO audit_seal VALUES(23,23,'a296497c5b3979d01f902ede7d9c5d44d8945147b4df36126844e6f74e8e4af3',1795732272644224);
INSERT INTO audit_seal VALUES(24,24,'17ee8142d819071318504280d1b07e43056224717d6fde48865a1dad8bfa1ea9',1795732272644245);
INSERT INTO audit_seal VALUES(25,25,'ccacd587a5d29997c3e004b3b00e4505082da70c8bc47474ba6f338c9d133b05',1795732272644257);
INSERT INTO audit_seal VALUES(26,26,'5275e43f256ffdce8eac91e0f4089bb2b431dcfce7d97fab54ffbd42874f1d00',1795732272644265);
INSERT INTO audit_seal VALUES(27,27,'5b9e36a7cd181e18db7f6c4f81e686a5b6483317696c3dad67d4a473e10193e2',1795732272644273);
INSERT INTO audit_seal VALUES(28,28,'1fe0fd24a4ebd22a5c152b527195ad8b6e479464076226bd31ee69ee0b44aa5b',1795732272644289);
INSERT INTO audit_seal VALUES(29,29,'2541f485301f7276f4a84cd03fac3a28ab90be76e37aff1039a11475a1876c27',1795732272644298);
INSERT INTO audit_seal VALUES(30,30,'0861e1fc1a1c3a9535e53197e86df53c5a61a39ea6d2df15d598de5d93272c57',1795732272644306);
INSERT INTO audit_seal VALUES(31,31,'80f7d1afc2ab6f55d5b25b35c792aa1981387e0e22d5d64d0f82e2596c86f611',1795732272644325);
INSERT INTO audit_seal VALUES(32,32,'6e865b89b47df7910ac80cf8103e49fb7ae53aa13d7a7349ed0005b1be8c62b3',1795732272644332);
INSERT INTO audit_seal VALUES(33,33,'e9a0e618f058df52ed9916c11b8e0fc67ef00bc077adf77f8a0a49e7d4762044',1795732272644346);
INSERT INTO audit_seal VALUES(34,34,'59e1bdbbad7bd9b0227258fb2e50c5435c133a97c2918c99c87798d51d7f7c50',1795732272644354);
INSERT INTO audit_seal VALUES(35,35,'40de28f19b090dea1e857874eb75a772a8cf81a4d7fdaf1cc03d3977e4fe58d3',1795732272644361);
INSERT INTO audit_seal VALUES(36,36,'9ebf3f6d93e029dabe25ed1ee4df7c872fd41909de4361942b6ef074d941f579',1795732272644373);
INSERT INTO audit_seal VALUES(37,37,'be5444d1bc6fc5bd87bc39571329d495bb45de409c68043ade3e67acf1006081',1795732272644381);
INSERT INTO audit_seal VALUES(38,38,'ef1b47452ce5f7e32a237e1422d79b7ad265100a8260ca832c994425341d5fb8',1795732272644388);
INSERT INTO audit_seal VALUES(39,39,'6f220cbc0101d51b21feb8113c434095c2af5593a71c6cbe6f4ad06812bcaae4',1795732273650806);
INSERT INTO audit_seal VALUES(40,40,'37a5492e332bc3e643a2a02026d33527ac1c68e96a6703ac79290e19b90fb469',1795732273650848);
INSERT INTO audit_seal VALUES(41,41,'7592b9a521be935500aaea30f1c2d68ffc735a33fa5b7cb97f8ce1509bac1e5a',1795732273650862);
INSERT INTO audit_seal VALUES(42,42,'64b20a3e50d4cca9f5fb6dd489f9d4430340e4098562e6bc17d041deb0f8d158',1795732273650871);
INSERT INTO audit_seal VALUES(43,43,'07771224f98eb7ee8c34c827f2a1ea92b625c5fb104c36ce40ea8827b57c8ca0',1795732273650883);
INSERT INTO audit_seal VALUES(44,44,'3369e7cd06ffddaa76a5689a977039d1c0416588384468bf502883f6e0b4f1a5',1795732273650892);
INSERT INTO audit_seal VALUES(45,45,'bce561ccbce96c81df166601a5d7b17f8c92f9bf65ab8eff4828df3bf908ab98',1795732273650900);
INSERT INTO audit_seal VALUES(46,46,'5d3c57602430108450ee53a85447abfc39da37379f69bc9fb5dcf651a715a17f',1795732273650911);
INSERT INTO audit_seal VALUES(47,47,'17a23ab083f58dbafacdfd4bc425793f252f20f8f199c2fdb77b99a5515006ee',1795732273650922);
INSERT INTO audit_seal VALUES(48,48,'478934ab8f657305bcb1ba509c58e2e44c6444fcf77a93238d20406f9330b6f8',1795732273650934);
INSERT INTO audit_seal VALUES(49,49,'bbd6b0dad7ea5360642778620fc68741b9ac6d77c5a26fd72df550b9bf132df2',1795732273650942);
INSERT INTO audit_seal VALUES(50,50,'ca799f74dbe23ea896356f7a125f44fd4fc3281ac8e431ba860eb620ff8dd341',1795732273650950);
INSERT INTO audit_seal VALUES(51,51,'6df8834956e3e31470da1a5015b904f8f1d0c730c37e8db7f2467e9ca67f8de7',1795732273650967);
CREATE TABLE calendar_notice (
    year integer not null primary key,
    days text not null,
    source text not null,
    imported_at integer not null
);
CREATE TABLE data_protection_key (
    id integer not null primary key autoincrement,
    friendly_name text null,
    xml text null
);
CREATE TABLE id_block (
    name text not null primary key,
    next integer not null
);
INSERT INTO id_block VALUES('all',2024);
CREATE TABLE indicator (
    id integer not null primary key,
    code text not null,
    name text not null,
    unit text not null,
    decimals integer not null,
    aggregation text not null,
    direction text not null,
    frequency integer not null,
    purpose text not null,
    explanation text not null,
    version integer not null
, area text null, owner_id integer null references organisation (id) on delete restrict, owner_name text null);
INSERT INTO indicator VALUES(1027,'I','引进人才','人',0,'last','up',2,'administration','',1,NULL,NULL,NULL);
CREATE TABLE loaded_pack (
    code text not null primary key,
    loaded_at integer not null
);
CREATE TABLE notice_read (
    notice_id integer not null,
    user_id integer not null,
    at integer not null,
    primary key (user_id, notice_id)
);
CREATE TABLE organisation (
    id integer not null primary key,
    code text not null,
    name text not null,
    kind text not null,
    parent_id integer null,
    path text collate binary not null,
    credit_code text null,
    credit_code_override text null,
    closed_on text null,
    version integer not null,
    foreign key (parent_id) references organisation (id) on delete restrict
);
INSERT INTO organisation VALUES(1,'platform','磁石平台','platform',NULL,'/1/',NULL,NULL,NULL,1);
INSERT INTO organisation VALUES(1007,'town','town','city',1,'/1/1007/',NULL,NULL,NULL,1007);
INSERT INTO organisation VALUES(1008,'bureau','bureau','department',1007,'/1/1007/1008/',NULL,NULL,NULL,1008);
INSERT INTO organisation VALUES(1009,'office','office','department',1007,'/1/1007/1009/',NULL,NULL,NULL,1009);
INSERT INTO organisation VALUES(1010,'u1','u1','department',1007,'/1/1007/1010/',NULL,NULL,NULL,1010);
INSERT INTO organisation VALUES(1011,'u2','u2','department',1007,'/1/1007/1011/',NULL,NULL,NULL,1011);
CREATE TABLE request_key (
    user_id integer not null,
    key text not null,
    request_hash text not null,
    status integer not null,
    answer text not null,
    at integer not null,
    primary key (user_id, key)
);
CREATE TABLE user_account (
    id integer not null primary key,
    display_name text not null,
    closed_at integer null,
    user_name text null,
    normalized_user_name text null,
    email text null,
    normalized_email text null,
    email_confirmed integer not null,
    password_hash text null,
    security_stamp text null,
    concurrency_stamp text null,
    phone_number text null,
    phone_number_confirmed integer not null,
    two_factor_enabled integer not null,
    lockout_end integer null,
    lockout_enabled integer not null,
    access_failed_count integer not null
);
INSERT INTO user_account VALUES(1000,'system',NULL,'system','SYSTEM',NULL,NULL,0,'AQAAAAIAAYagAAAAEN5urZVmt5PcpUxWCiCkCySW+Qk4//oQ6V4lWUxWWHy+CtZLI+/YB5ceBAoAloY6PA==','0fabb239e8704abf945e32f67e43c89c','f18d5bb2-5fc2-4e8d-bb66-0071921a874c',NULL,0,0,NULL,1,0);
INSERT INTO user_account VALUES(1002,'security',NULL,'security','SECURITY',NULL,NULL,0,'AQAAAAIAAYagAAAAEDLZvVDv7GE4NnMjdMAJILmGJd38o3+csJf68j3tgw2fmYHDvtt1YyKbRtBT5o0ZYA==','1cd22440e345452dae55f23a4ce9829d','2d992873-84a0-4039-8111-24a17913a1b6',NULL,0,0,NULL,1,0);
INSERT INTO user_account VALUES(1004,'audit',NULL,'audit','AUDIT',NULL,NULL,0,'AQAAAAIAAYagAAAAEFPCCHOhCtHAq75kGz7/cG98PXJimjAt01adH+qw1QRsQ4ljS2CpKlqTJwD3XEXkmg==','934d6e48e3fe46f0abf22beb6086eb77','c12f34dd-7a62-4dbb-9477-6b76a7865407',NULL,0,0,NULL,1,0);
INSERT INTO user_account VALUES(1013,'reviewer',NULL,'reviewer','REVIEWER',NULL,NULL,0,'AQAAAAIAAYagAAAAEKIRuR/hhUcLowbESRfqVr62bavblw7v8rQIXsMAT9gHds+uEI0PDmu8oekOFOg3bw==','69079a48b9dc4eb494fd0c8480078ac9','9bdad985-620e-4758-81f7-352bf09860c0',NULL,0,0,NULL,1,0);
INSERT INTO user_account VALUES(1015,'approver',NULL,'approver','APPROVER',NULL,NULL,0,'AQAAAAIAAYagAAAAEFnC0ClcpQC2ftbkhFGSlOLG0U6ZwFT3RbCGpimE2YIxtBvK+X6dOAHJX4ZqKXM04w==','4ca5a3e599d445eb86592d5e8f10cffe','3f3918cc-82b1-445e-af6f-e395533f57b1',NULL,0,0,NULL,1,0);
INSERT INTO user_account VALUES(1017,'assessor',NULL,'assessor','ASSESSOR',NULL,NULL,0,'AQAAAAIAAYagAAAAEN2EM4HY2oclDmUW5HVC44xOY9QvkWXkeTDaYyFLKXDiK1qiXpLlv3XRwP9MQzbyBQ==','02728b17fa3741d7923601854a3982b8','9b650b3d-6887-4aeb-823f-b540f3d163e3',NULL,0,0,NULL,1,0);
INSERT INTO user_account VALUES(1019,'officer',NULL,'officer','OFFICER',NULL,NULL,0,'AQAAAAIAAYagAAAAECXsqy3QpP2FnhcfbZtbigiAsNyHBuP6429s9KbmV8j8Y57i+NFjKXsMtSjIDE370Q==','9740aad1bfa04094bcb28a002ed14cd0','a24a1fe2-c14c-43ad-a7f1-ca42cf694b1e',NULL,0,0,NULL,1,0);
INSERT INTO user_account VALUES(1021,'u1-reporter',NULL,'u1-reporter','U1-REPORTER',NULL,NULL,0,'AQAAAAIAAYagAAAAEIWQin0OO4wf7pek+B9DwWmZGKd6nBormsdu6E5ttJrCPwH0CbAnjqZzLBvs22kLCg==','19006930b36847a2a994e62a0bea7f63','11597d99-af5e-4cac-86c7-56d7b36c0f44',NULL,0,0,NULL,1,0);
INSERT INTO user_account VALUES(1023,'u2-reporter',NULL,'u2-reporter','U2-REPORTER',NULL,NULL,0,'AQAAAAIAAYagAAAAEM3mhnHoJykRfGyK9ok9ziSCWF9Yt6t5LThGDcLHnnRQcIHqkL4SX+vqmKb+oc+M2A==','eb8f415f3b964840af3d217d8d7c0c9e','ede95bd7-1c2b-4470-8bcf-1f0dd0997b74',NULL,0,0,NULL,1,0);
INSERT INTO user_account VALUES(1025,'u1-liaison',NULL,'u1-liaison','U1-LIAISON',NULL,NULL,0,'AQAAAAIAAYagAAAAEFVSZwJPqmvPPLcuGV6a6xU67N1iC4Wby/Mr6vPW5qKMQ/i0iKGPKnG2sH/siwGjGA==','0477c63122eb453c91c80605bb25685d','c4d43ec1-32ee-4ffb-9d22-b64556c599a1',NULL,0,0,NULL,1,0);
CREATE TABLE user_claim (
    id integer not null primary key autoincrement,
    user_id integer not null,
    claim_type text null,
    claim_value text null
);
CREATE TABLE user_login (
    login_provider text not null,
    provider_key text not null,
    provider_display_name text null,
    user_id integer not null,
    primary key (login_provider, provider_key)
);
CREATE TABLE user_token (
    user_id integer not null,
    login_provider text not null,
    name text not null,
    value text null,
    primary key (user_id, login_provider, name)
);
CREATE TABLE indicator_version (
    indicator_id integer not null,
    version integer not null,
    definition text not null,
    reason text not null,
    valid_from integer not null,
    primary key (indicator_id, version),
    foreign key (indicator_id) references indicator (id) on delete restrict
);
INSERT INTO indicator_version VALUES(1027,1,'{"aggregation":"last","area":null,"code":"I","decimals":0,"direction":"up","explanation":"","frequency":"quarter","name":"引进人才","owner":null,"purpose":"administration","unit":"人"}','',1795732271894556);
CREATE TABLE case_file (
    id integer not null primary key,
    procedure text not null,
    stage text not null,
    version integer not null,
    organisation_id integer not null,
    subject_kind text not null,
    subject_id integer not null,
    title text not null,
    opened_at integer not null,
    stage_since integer not null,
    foreign key (organisation_id) references organisation (id) on delete restrict
);
INSERT INTO case_file VALUES(1032,'return-direct','approved',1041,1010,'return',1031,'季报 · u1 · 2026 年三季度',1795732272142783,1795732272376211);
INSERT INTO case_file VALUES(1046,'return-direct','approved',1053,1011,'return',1045,'季报 · u2 · 2026 年三季度',1795732272452383,1795732272471711);
INSERT INTO case_file VALUES(1058,'round','released',1062,1007,'round',1057,'2026 年三季度 S',1795732272623795,1795732272916680);
INSERT INTO case_file VALUES(1063,'feedback','sent',1065,1011,'feedback',1057,'2026 年三季度 S',1795732272928508,1795732272929046);
INSERT INTO case_file VALUES(1066,'feedback','sent',1068,1010,'feedback',1057,'2026 年三季度 S',1795732272933018,1795732272933106);
INSERT INTO case_file VALUES(1070,'rectification','asked',1072,1010,'rectification',1069,'2026 年三季度 S',1795732272933854,1795732272933878);
INSERT INTO case_file VALUES(1075,'appeal','filed',1077,1010,'appeal',1074,'u1 人才',1795732273033416,1795732273038373);
CREATE TABLE evidence_file (
    id integer not null primary key,
    organisation_id integer not null,
    sha256 text not null,
    name text not null,
    media_type text not null,
    size integer not null,
    stored_at integer not null,
    stored_by integer not null,
    foreign key (organisation_id) references organisation (id) on delete restrict
);
CREATE TABLE succession (
    id integer not null primary key,
    kind text not null,
    organisation_id integer not null,
    successor_id integer null,
    effective_on text not null,
    former_name text null,
    basis text not null,
    recorded_at integer not null,
    foreign key (organisation_id) references organisation (id) on delete restrict,
    foreign key (successor_id) references organisation (id) on delete restrict
);
CREATE TABLE target (
    id integer not null primary key,
    indicator_id integer not null,
    organisation_id integer not null,
    period integer not null,
    version integer not null,
    value integer not null,
    set_at integer not null,
    foreign key (indicator_id) references indicator (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);
INSERT INTO target VALUES(1029,1027,1010,2026203,1,100,1795732272021442);
INSERT INTO target VALUES(1043,1027,1011,2026203,1,100,1795732272398323);
CREATE TABLE api_token (
    id integer not null primary key,
    user_id integer not null,
    hash text not null,
    created_at integer not null,
    expires_at integer not null,
    revoked_at integer null,
    foreign key (user_id) references user_account (id) on delete restrict
);
INSERT INTO api_token VALUES(1006,1000,'435124c7ebdf242d05037abe3a511efa33122a25ed491112b5936969396696ae',1795732271083427,1795775471083427,NULL);
INSERT INTO api_token VALUES(1012,1002,'5bdf074ee0696fe4df89d4722d099dbd0466a99fd2360da6a463d36e24fc1a8a',1795732271336816,1795775471336816,NULL);
INSERT INTO api_token VALUES(1030,1021,'8ab29af594b8745c71b3b45e29c4bad01146e06f28db1388821b190eb705fac7',1795732272085377,1795775472085377,NULL);
INSERT INTO api_token VALUES(1037,1013,'6049624ee91c982703fbcc2a2052a740c66a6ec703edacd8922b77c75b15dc00',1795732272295138,1795775472295138,NULL);
INSERT INTO api_token VALUES(1040,1015,'7120163fe88b15b844c70f9ae5439e291f20ca205abd533335372306f20fbe63',1795732272369322,1795775472369322,NULL);
INSERT INTO api_token VALUES(1044,1023,'0809eb4ad6b4bd069bf94675f103b64dee653992fe572ddf787581e219f98285',1795732272445223,1795775472445223,NULL);
INSERT INTO api_token VALUES(1055,1017,'7964f8cc7635f66c6de1a5a9ad23ab2bd4f6ac74690db092602f755202c0c16e',1795732272519216,1795775472519216,NULL);
INSERT INTO api_token VALUES(1073,1025,'c41748447a2baf2542a83bdc02d0bb267aacb2c8025a72054d42c4b4c065af98',1795732272989817,1795775472989817,NULL);
CREATE TABLE delegation (
    id integer not null primary key,
    owner_id integer not null,
    deputy_id integer not null,
    organisation_id integer not null,
    role text not null,
    starts_on text not null,
    ends_on text not null,
    reason text not null,
    revoked_at integer null,
    foreign key (organisation_id) references organisation (id) on delete restrict,
    foreign key (deputy_id) references user_account (id) on delete restrict,
    foreign key (owner_id) references user_account (id) on delete restrict
);
CREATE TABLE membership (
    id integer not null primary key,
    user_id integer not null,
    organisation_id integer not null,
    role text not null,
    starts_on text null,
    ends_on text null,
    foreign key (organisation_id) references organisation (id) on delete restrict,
    foreign key (user_id) references user_account (id) on delete restrict
);
INSERT INTO membership VALUES(1001,1000,1,'system-admin',NULL,NULL);
INSERT INTO membership VALUES(1003,1002,1,'security-admin',NULL,NULL);
INSERT INTO membership VALUES(1005,1004,1,'audit-admin',NULL,NULL);
INSERT INTO membership VALUES(1014,1013,1008,'reviewer',NULL,NULL);
INSERT INTO membership VALUES(1016,1015,1009,'approver',NULL,NULL);
INSERT INTO membership VALUES(1018,1017,1009,'assessor',NULL,NULL);
INSERT INTO membership VALUES(1020,1019,1009,'appeal-officer',NULL,NULL);
INSERT INTO membership VALUES(1022,1021,1010,'reporter',NULL,NULL);
INSERT INTO membership VALUES(1024,1023,1011,'reporter',NULL,NULL);
INSERT INTO membership VALUES(1026,1025,1010,'liaison',NULL,NULL);
CREATE TABLE approval (
    id integer not null primary key,
    case_id integer not null,
    workflow text not null,
    level integer not null,
    final integer not null,
    organisation_id integer not null,
    period integer not null,
    granted_at integer not null,
    granted_by integer not null,
    withdrawn_at integer null,
    withdrawn_by integer null, version integer not null default 0,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);
INSERT INTO approval VALUES(1039,1032,'F',2,0,1010,2026203,1795732272310883,1013,NULL,NULL,0);
INSERT INTO approval VALUES(1042,1032,'F',3,1,1010,2026203,1795732272376380,1015,NULL,NULL,1);
INSERT INTO approval VALUES(1052,1046,'F',2,0,1011,2026203,1795732272466985,1013,NULL,NULL,0);
INSERT INTO approval VALUES(1054,1046,'F',3,1,1011,2026203,1795732272471755,1015,NULL,NULL,1);
CREATE TABLE case_step (
    id integer not null primary key,
    case_id integer not null,
    follows integer not null,
    organisation_id integer not null,
    action text not null,
    from_stage text not null,
    to_stage text not null,
    user_id integer not null,
    on_behalf_of integer null,
    at integer not null,
    note text null,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);
INSERT INTO case_step VALUES(1033,1032,0,1010,'open','','draft',1021,NULL,1795732272142783,NULL);
INSERT INTO case_step VALUES(1034,1032,1033,1010,'save','draft','draft',1021,NULL,1795732272152068,NULL);
INSERT INTO case_step VALUES(1036,1032,1034,1010,'submit','draft','submitted',1021,NULL,1795732272230693,NULL);
INSERT INTO case_step VALUES(1038,1032,1036,1010,'review','submitted','reviewed',1013,NULL,1795732272309049,NULL);
INSERT INTO case_step VALUES(1041,1032,1038,1010,'approve','reviewed','approved',1015,NULL,1795732272376211,NULL);
INSERT INTO case_step VALUES(1047,1046,0,1011,'open','','draft',1023,NULL,1795732272452383,NULL);
INSERT INTO case_step VALUES(1048,1046,1047,1011,'save','draft','draft',1023,NULL,1795732272452569,NULL);
INSERT INTO case_step VALUES(1050,1046,1048,1011,'submit','draft','submitted',1023,NULL,1795732272460311,NULL);
INSERT INTO case_step VALUES(1051,1046,1050,1011,'review','submitted','reviewed',1013,NULL,1795732272466936,NULL);
INSERT INTO case_step VALUES(1053,1046,1051,1011,'approve','reviewed','approved',1015,NULL,1795732272471711,NULL);
INSERT INTO case_step VALUES(1059,1058,0,1007,'open','','draft',1017,NULL,1795732272623795,NULL);
INSERT INTO case_step VALUES(1060,1058,1059,1007,'freeze','draft','frozen',1017,NULL,1795732272720816,NULL);
INSERT INTO case_step VALUES(1062,1058,1060,1007,'release','frozen','released',1017,NULL,1795732272916680,NULL);
INSERT INTO case_step VALUES(1064,1063,0,1011,'open','','made',1017,NULL,1795732272928508,NULL);
INSERT INTO case_step VALUES(1065,1063,1064,1011,'send','made','sent',1017,NULL,1795732272929046,NULL);
INSERT INTO case_step VALUES(1067,1066,0,1010,'open','','made',1017,NULL,1795732272933018,NULL);
INSERT INTO case_step VALUES(1068,1066,1067,1010,'send','made','sent',1017,NULL,1795732272933106,NULL);
INSERT INTO case_step VALUES(1071,1070,0,1010,'open','','made',1017,NULL,1795732272933854,NULL);
INSERT INTO case_step VALUES(1072,1070,1071,1010,'ask','made','asked',1017,NULL,1795732272933878,NULL);
INSERT INTO case_step VALUES(1076,1075,0,1010,'open','','drafted',1025,NULL,1795732273033416,NULL);
INSERT INTO case_step VALUES(1077,1075,1076,1010,'file','drafted','filed',1025,NULL,1795732273038373,'漏计 15 人');
CREATE TABLE notice (
    id integer not null primary key autoincrement,
    organisation_id integer not null,
    role text not null,
    kind text not null,
    case_id integer not null,
    title text not null,
    at integer not null,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);
INSERT INTO notice VALUES(1,1010,'reviewer','return-direct.submit',1032,'季报 · u1 · 2026 年三季度',1795732272230693);
INSERT INTO notice VALUES(2,1010,'approver','return-direct.review',1032,'季报 · u1 · 2026 年三季度',1795732272309049);
INSERT INTO notice VALUES(3,1010,'reporter','return-direct.approve',1032,'季报 · u1 · 2026 年三季度',1795732272376211);
INSERT INTO notice VALUES(4,1011,'reviewer','return-direct.submit',1046,'季报 · u2 · 2026 年三季度',1795732272460311);
INSERT INTO notice VALUES(5,1011,'approver','return-direct.review',1046,'季报 · u2 · 2026 年三季度',1795732272466936);
INSERT INTO notice VALUES(6,1011,'reporter','return-direct.approve',1046,'季报 · u2 · 2026 年三季度',1795732272471711);
INSERT INTO notice VALUES(7,1011,'liaison','feedback.send',1063,'2026 年三季度 S',1795732272929046);
INSERT INTO notice VALUES(8,1010,'liaison','feedback.send',1066,'2026 年三季度 S',1795732272933106);
INSERT INTO notice VALUES(9,1010,'liaison','rectification.ask',1070,'2026 年三季度 S',1795732272933878);
INSERT INTO notice VALUES(10,1010,'appeal-officer','appeal.file',1075,'u1 人才',1795732273038373);
CREATE TABLE observation (
    id integer not null primary key,
    indicator_id integer not null,
    organisation_id integer not null,
    period integer not null,
    revision integer not null,
    value integer not null,
    case_id integer not null,
    predecessor_id integer null,
    reason text null,
    recorded_at integer not null,
    recorded_by integer not null,
    hash text not null,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (indicator_id) references indicator (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);
INSERT INTO observation VALUES(1035,1027,1010,2026203,1,80,1032,NULL,NULL,1795732272161178,1021,'8cc65bc394337b94204adba6943b13b07bab6451a075a4c6309ba260cc08383a');
INSERT INTO observation VALUES(1049,1027,1011,2026203,1,90,1046,NULL,NULL,1795732272452949,1023,'97ca4f70b67b82e60ea4e51f11d448478c71eebb1ffaa8abab937d3beb490719');
CREATE TABLE statistics_form (
    id integer not null primary key,
    code text not null,
    name text not null,
    document_number text not null,
    authority text not null,
    approval_number text not null,
    valid_until text not null,
    frequency integer not null,
    due_workdays integer not null,
    identities text not null
);
INSERT INTO statistics_form VALUES(1028,'F','季报','马统〔2026〕1号','市统计局','1','2090-12-31',2,15,'');
CREATE TABLE statistics_form_indicator (
    form_id integer not null,
    indicator_id integer not null,
    line integer not null,
    primary key (form_id, indicator_id),
    foreign key (indicator_id) references indicator (id) on delete restrict,
    foreign key (form_id) references statistics_form (id) on delete restrict
);
INSERT INTO statistics_form_indicator VALUES(1028,1027,1);
CREATE TABLE statistics_form_reporter (
    form_id integer not null,
    organisation_id integer not null,
    primary key (form_id, organisation_id),
    foreign key (organisation_id) references organisation (id) on delete restrict,
    foreign key (form_id) references statistics_form (id) on delete restrict
);
INSERT INTO statistics_form_reporter VALUES(1028,1010);
INSERT INTO statistics_form_reporter VALUES(1028,1011);
CREATE TABLE statistics_return (
    id integer not null primary key,
    form_id integer not null,
    organisation_id integer not null,
    period integer not null,
    case_id integer not null,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict,
    foreign key (form_id) references statistics_form (id) on delete restrict
);
INSERT INTO statistics_return VALUES(1031,1028,1010,2026203,1032);
INSERT INTO statistics_return VALUES(1045,1028,1011,2026203,1046);
CREATE TABLE statistics_cell_explanation (
    return_id integer not null,
    indicator_id integer not null,
    organisation_id integer not null,
    text text not null,
    written_at integer not null,
    written_by integer not null,
    primary key (return_id, indicator_id),
    foreign key (indicator_id) references indicator (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict,
    foreign key (return_id) references statistics_return (id) on delete restrict
);
INSERT INTO statistics_cell_explanation VALUES(1031,1027,1010,'按台账核对',1795732272183387,1021);
INSERT INTO statistics_cell_explanation VALUES(1045,1027,1011,'按台账核对',1795732272453363,1023);
CREATE TABLE statistics_cell_query (
    id integer not null primary key,
    return_id integer not null,
    indicator_id integer not null,
    organisation_id integer not null,
    question text not null,
    asked_by integer not null,
    asked_at integer not null,
    answer text null,
    answered_by integer null,
    answered_at integer null,
    foreign key (indicator_id) references indicator (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict,
    foreign key (return_id) references statistics_return (id) on delete restrict
);
CREATE TABLE statistics_correction (
    id integer not null primary key,
    return_id integer not null,
    number integer not null,
    indicator_id integer not null,
    organisation_id integer not null,
    case_id integer not null,
    cause_kind text not null,
    cause_id integer not null,
    observation_id integer not null,
    reason text not null,
    opened_at integer not null,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (indicator_id) references indicator (id) on delete restrict,
    foreign key (observation_id) references observation (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict,
    foreign key (return_id) references statistics_return (id) on delete restrict
);
CREATE TABLE assessment_scheme (
    id integer not null primary key,
    code text not null,
    version integer not null,
    content text not null,
    made_at integer not null,
    made_by integer not null
);
INSERT INTO assessment_scheme VALUES(1056,'S',1,'{"code":"S","criteria":[{"code":"C","indicator":"I","measure":"talent","name":"人才","rule":{"cap":1,"kind":"ratio"},"weight":100}],"grades":[{"from":90,"name":"优秀"},{"from":0,"name":"合格"}],"quotas":[{"grade":"优秀","share":0.5}]}',1795732272570241,1017);
CREATE TABLE assessment_round (
    id integer not null primary key,
    scheme_id integer not null,
    period integer not null,
    city_id integer not null,
    case_id integer not null,
    run_id integer null,
    released_at integer null,
    released_step integer null,
    foreign key (scheme_id) references assessment_scheme (id) on delete restrict,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (city_id) references organisation (id) on delete restrict
);
INSERT INTO assessment_round VALUES(1057,1056,2026203,1007,1058,1061,1795732272916767,1062);
CREATE TABLE assessment_appeal (
    id integer not null primary key,
    round_id integer not null,
    organisation_id integer not null,
    criterion text not null,
    observation_id integer null,
    ground text not null,
    reason text not null,
    ordinal integer not null,
    filed_by integer not null,
    filed_at integer not null,
    case_id integer not null,
    correction_case_id integer null,
    moved text null,
    foreign key (round_id) references assessment_round (id) on delete restrict,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);
INSERT INTO assessment_appeal VALUES(1074,1057,1010,'C',1035,'facts','漏计 15 人',1,1025,1795732273038649,1075,NULL,NULL);
CREATE TABLE assessment_round_unit (
    round_id integer not null,
    organisation_id integer not null,
    code text not null, peers text null,
    primary key (round_id, organisation_id),
    foreign key (round_id) references assessment_round (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);
INSERT INTO assessment_round_unit VALUES(1057,1010,'u1',NULL);
INSERT INTO assessment_round_unit VALUES(1057,1011,'u2',NULL);
CREATE TABLE assessment_run (
    id integer not null primary key,
    round_id integer not null,
    ordinal integer not null,
    appeal_id integer null,
    inputs text not null,
    results text not null,
    sha256 text not null,
    at integer not null,
    foreign key (round_id) references assessment_round (id) on delete restrict
);
INSERT INTO assessment_run VALUES(1061,1057,1,NULL,'{"asOf":"2026-11-26T22:31:12.723571Z","calendar":"01d68357f1bf5df3","period":"2026Q3","round":1057,"scheme":{"code":"S","criteria":[{"code":"C","indicator":"I","measure":"talent","name":"人才","rule":{"cap":1,"kind":"ratio"},"weight":100}],"grades":[{"from":90,"name":"优秀"},{"from":0,"name":"合格"}],"quotas":[{"grade":"优秀","share":0.5}]},"schemeVersion":1,"units":[{"criteria":[{"aggregation":"last","criterion":"C","decimals":0,"direction":"up","indicator":"I","observations":[{"decimals":0,"hash":"8cc65bc394337b94204adba6943b13b07bab6451a075a4c6309ba260cc08383a","observation":1035,"organisation":"u1","revision":1,"value":80}],"target":{"value":100,"version":1}}],"name":"u1","unit":"u1"},{"criteria":[{"aggregation":"last","criterion":"C","decimals":0,"direction":"up","indicator":"I","observations":[{"decimals":0,"hash":"97ca4f70b67b82e60ea4e51f11d448478c71eebb1ffaa8abab937d3beb490719","observation":1049,"organisation":"u2","revision":1,"value":90}],"target":{"value":100,"version":1}}],"name":"u2","unit":"u2"}]}','{"asOf":"2026-11-26T22:31:12.723571Z","calendar":"01d68357f1bf5df3","period":"2026Q3","round":1057,"scheme":{"code":"S","version":1},"units":[{"criteria":[{"criterion":"C","missing":false,"points":90}],"grade":"优秀","rank":1,"total":90,"unit":"u2"},{"criteria":[{"criterion":"C","missing":false,"points":80}],"grade":"合格","rank":2,"total":80,"unit":"u1"}]}','caf07b5e55276dd38d607708f2bba5f5b485659dbcddbd42a7a3bb4673ec9128',1795732272865362);
CREATE TABLE assessment_score_input (
    run_id integer not null,
    organisation_id integer not null,
    criterion text not null,
    observation_id integer not null,
    hash text not null,
    primary key (run_id, organisation_id, criterion, observation_id),
    foreign key (run_id) references assessment_run (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);
INSERT INTO assessment_score_input VALUES(1061,1010,'C',1035,'8cc65bc394337b94204adba6943b13b07bab6451a075a4c6309ba260cc08383a');
INSERT INTO assessment_score_input VALUES(1061,1011,'C',1049,'97ca4f70b67b82e60ea4e51f11d448478c71eebb1ffaa8abab937d3beb490719');
CREATE TABLE plans_plan (
    id integer not null primary key,
    code text not null,
    name text not null,
    document_number text not null,
    city_id integer not null,
    first_quarter integer not null,
    last_quarter integer not null, kind text null, parent_id integer null references plans_plan (id) on delete restrict,
    foreign key (city_id) references organisation (id) on delete restrict
);
CREATE TABLE plans_objective (
    id integer not null primary key,
    plan_id integer not null,
    code text not null,
    chapter text not null,
    section text not null,
    title text not null,
    weight integer not null,
    removed_on text null,
    foreign key (plan_id) references plans_plan (id) on delete restrict
);
CREATE TABLE plans_project (
    id integer not null primary key,
    plan_id integer not null,
    code text not null,
    name text not null,
    organisation_id integer not null,
    park_id integer not null,
    chain_position text not null,
    investment_fen integer not null,
    foreign key (organisation_id) references organisation (id) on delete restrict,
    foreign key (park_id) references organisation (id) on delete restrict,
    foreign key (plan_id) references plans_plan (id) on delete restrict
);
CREATE TABLE plans_revision (
    id integer not null primary key,
    plan_id integer not null,
    kind text not null,
    code text not null,
    at integer not null,
    user_id integer not null,
    reason text null,
    state text null,
    foreign key (plan_id) references plans_plan (id) on delete restrict
);
CREATE TABLE plans_measure (
    id integer not null primary key,
    plan_id integer not null,
    objective_id integer not null,
    code text not null,
    section text not null,
    title text not null,
    text text not null,
    lead_id integer not null,
    lead_name text not null,
    support_names text not null,
    benefit text not null,
    kind text not null,
    weight integer not null,
    removed_on text null,
    version integer not null, carries_id integer null references plans_measure (id) on delete restrict,
    foreign key (lead_id) references organisation (id) on delete restrict,
    foreign key (objective_id) references plans_objective (id) on delete restrict,
    foreign key (plan_id) references plans_plan (id) on delete restrict
);
CREATE TABLE plans_project_step (
    id integer not null primary key,
    project_id integer not null,
    organisation_id integer not null,
    stage integer not null,
    reached_on text not null,
    note text null,
    foreign key (organisation_id) references organisation (id) on delete restrict,
    foreign key (project_id) references plans_project (id) on delete restrict
);
CREATE TABLE plans_duty (
    id integer not null primary key,
    measure_id integer not null,
    organisation_id integer not null,
    part text not null,
    since text not null,
    ended_on text null,
    foreign key (organisation_id) references organisation (id) on delete restrict,
    foreign key (measure_id) references plans_measure (id) on delete restrict
);
CREATE TABLE plans_milestone (
    id integer not null primary key,
    plan_id integer not null,
    measure_id integer not null,
    code text not null,
    quarter integer not null,
    title text not null,
    weight integer not null,
    case_id integer null,
    reported_on text null,
    confirmed_on text null,
    removed_on text null,
    version integer not null,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (measure_id) references plans_measure (id) on delete restrict,
    foreign key (plan_id) references plans_plan (id) on delete restrict
);
CREATE TABLE plans_problem (
    id integer not null primary key,
    measure_id integer not null,
    case_id integer not null,
    text text not null,
    raised_by_name text not null,
    asked_name text not null,
    at integer not null,
    reply text null,
    replied_at integer null,
    answer text null,
    answered_at integer null,
    closed_on text null,
    version integer not null,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (measure_id) references plans_measure (id) on delete restrict
);
CREATE TABLE plans_progress_report (
    id integer not null primary key,
    milestone_id integer not null,
    organisation_id integer not null,
    text text not null,
    evidence_id integer null,
    at integer not null,
    user_id integer not null,
    foreign key (evidence_id) references evidence_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict,
    foreign key (milestone_id) references plans_milestone (id) on delete restrict
);
CREATE TABLE plans_problem_party (
    problem_id integer not null,
    organisation_id integer not null,
    asked integer not null,
    primary key (problem_id, organisation_id),
    foreign key (organisation_id) references organisation (id) on delete restrict,
    foreign key (problem_id) references plans_problem (id) on delete restrict
);
CREATE TABLE plans_working_group (
    id integer not null primary key,
    plan_id integer not null,
    code text not null,
    kind text not null,
    name text not null,
    host_id integer not null,
    host_name text not null,
    person text not null,
    phone text not null,
    version integer not null,
    foreign key (plan_id) references plans_plan (id) on delete restrict,
    foreign key (host_id) references organisation (id) on delete restrict
);
CREATE TABLE plans_group_member (
    group_id integer not null,
    unit_id integer not null,
    unit_name text not null,
    place integer not null,
    primary key (group_id, unit_id),
    foreign key (group_id) references plans_working_group (id) on delete restrict,
    foreign key (unit_id) references organisation (id) on delete restrict
);
CREATE TABLE plans_unit_contact (
    id integer not null primary key,
    plan_id integer not null,
    unit_id integer not null,
    unit_name text not null,
    person text not null,
    phone text not null,
    version integer not null,
    foreign key (plan_id) references plans_plan (id) on delete restrict,
    foreign key (unit_id) references organisation (id) on delete restrict
);
CREATE TABLE plans_carry_over (
    id integer not null primary key,
    plan_id integer not null,
    milestone_id integer not null,
    from_quarter integer not null,
    to_quarter integer not null,
    reason text not null,
    at integer not null,
    user_id integer not null,
    foreign key (plan_id) references plans_plan (id) on delete restrict,
    foreign key (milestone_id) references plans_milestone (id) on delete restrict
);
CREATE TABLE plans_evaluation (
    id integer not null primary key,
    plan_id integer not null,
    kind text not null,
    title text not null,
    counted_to text not null,
    figures text not null,
    findings text not null,
    advice text not null,
    case_id integer not null,
    consulted_on text null,
    submitted_on text null,
    issued_on text null,
    document_number text null,
    opinions text null,
    version integer not null,
    foreign key (plan_id) references plans_plan (id) on delete restrict,
    foreign key (case_id) references case_file (id) on delete restrict
);
CREATE TABLE plans_evaluation_opinion (
    id integer not null primary key,
    evaluation_id integer not null,
    organisation_id integer not null,
    unit_name text not null,
    text text not null,
    answer text null,
    at integer not null,
    user_id integer not null,
    version integer not null,
    foreign key (evaluation_id) references plans_evaluation (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);
CREATE TABLE statistics_import_mapping (
    id integer not null primary key,
    organisation_id integer not null,
    code text not null,
    name text not null,
    layout text not null,
    version integer not null,
    saved_at integer not null,
    foreign key (organisation_id) references organisation (id) on delete restrict
);
CREATE TABLE statistics_import (
    id integer not null primary key,
    organisation_id integer not null,
    kind text not null,
    layout text not null,
    source text not null,
    encoding text null,
    file_name text not null,
    evidence_id integer not null,
    refused_id integer null,
    sheet_rows integer not null,
    fresh_cells integer not null,
    changed_cells integer not null,
    same_cells integer not null,
    refused_rows integer not null,
    first_refusals text not null,
    checked_at integer not null,
    checked_by integer not null,
    stored_at integer null,
    withdrawn_at integer null,
    foreign key (evidence_id) references evidence_file (id) on delete restrict,
    foreign key (refused_id) references evidence_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);
CREATE TABLE statistics_history_year (
    id integer not null primary key,
    import_id integer not null,
    organisation_id integer not null,
    year integer not null,
    case_id integer not null,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict,
    foreign key (import_id) references statistics_import (id) on delete restrict
);
CREATE TABLE assessment_judgement (
    id integer not null primary key,
    round_id integer not null,
    organisation_id integer not null,
    criterion text not null,
    points integer not null,
    reason text not null,
    evidence_id integer not null,
    judged_by integer not null,
    judged_at integer not null,
    foreign key (round_id) references assessment_round (id) on delete restrict,
    foreign key (evidence_id) references evidence_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);
CREATE TABLE assessment_feedback (
    round_id integer not null,
    organisation_id integer not null,
    case_id integer not null,
    primary key (round_id, organisation_id),
    foreign key (round_id) references assessment_round (id) on delete restrict,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);
INSERT INTO assessment_feedback VALUES(1057,1010,1066);
INSERT INTO assessment_feedback VALUES(1057,1011,1063);
CREATE TABLE assessment_rectification (
    id integer not null primary key,
    round_id integer not null,
    organisation_id integer not null,
    ordinal integer not null,
    vetoes text not null,
    case_id integer not null,
    evidence_id integer null,
    foreign key (round_id) references assessment_round (id) on delete restrict,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (evidence_id) references evidence_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);
INSERT INTO assessment_rectification VALUES(1069,1057,1010,1,'',1070,NULL);
CREATE TABLE assessment_reward (
    id integer not null primary key,
    organisation_id integer not null,
    year integer not null,
    scheme text not null,
    title text not null,
    amount_fen integer not null,
    basis text not null,
    duty text not null,
    duty_due_on text not null,
    proposed_by integer not null,
    case_id integer not null,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);
CREATE TABLE assessment_opinion (
    id integer not null primary key,
    scheme_id integer not null,
    organisation_id integer not null,
    text text not null,
    answer text null,
    answered_in integer null,
    filed_by integer not null,
    filed_at integer not null,
    case_id integer not null,
    foreign key (scheme_id) references assessment_scheme (id) on delete restrict,
    foreign key (answered_in) references assessment_scheme (id) on delete restrict,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);
CREATE TABLE cockpit_map_tile (
    organisation_id integer not null primary key,
    tile_column integer not null,
    tile_row integer not null,
    foreign key (organisation_id) references organisation (id) on delete restrict
);
DELETE FROM sqlite_sequence;
CREATE UNIQUE INDEX ix_api_token_hash on api_token (hash);
CREATE INDEX ix_api_token_user_id on api_token (user_id);
CREATE UNIQUE INDEX ix_approval_case_id_level on approval (case_id, level) where withdrawn_at is null;
CREATE INDEX ix_approval_organisation_id_period on approval (organisation_id, period);
CREATE UNIQUE INDEX ix_audit_record_reference on audit_record (reference);
CREATE UNIQUE INDEX ix_audit_seal_record_id on audit_seal (record_id);
CREATE INDEX ix_case_file_organisation_id_stage on case_file (organisation_id, stage);
CREATE INDEX ix_case_file_procedure_stage on case_file (procedure, stage);
CREATE INDEX ix_case_file_subject_kind_subject_id on case_file (subject_kind, subject_id);
CREATE UNIQUE INDEX ix_case_step_case_id_follows on case_step (case_id, follows);
CREATE INDEX ix_case_step_organisation_id on case_step (organisation_id);
CREATE INDEX ix_delegation_deputy_id on delegation (deputy_id);
CREATE INDEX ix_delegation_organisation_id on delegation (organisation_id);
CREATE INDEX ix_delegation_owner_id on delegation (owner_id);
CREATE INDEX ix_evidence_file_organisation_id on evidence_file (organisation_id);
CREATE INDEX ix_evidence_file_sha256 on evidence_file (sha256);
CREATE UNIQUE INDEX ix_indicator_code on indicator (code);
CREATE INDEX ix_membership_organisation_id on membership (organisation_id);
CREATE INDEX ix_membership_user_id_organisation_id_role on membership (user_id, organisation_id, role);
CREATE INDEX ix_notice_case_id on notice (case_id);
CREATE INDEX ix_notice_organisation_id on notice (organisation_id);
CREATE INDEX ix_notice_role_id on notice (role, id);
CREATE INDEX ix_observation_case_id on observation (case_id);
CREATE UNIQUE INDEX ix_observation_indicator_id_organisation_id_period_revision on observation (indicator_id, organisation_id, period, revision);
CREATE INDEX ix_observation_organisation_id on observation (organisation_id);
CREATE UNIQUE INDEX ix_organisation_code on organisation (code);
CREATE UNIQUE INDEX ix_organisation_credit_code on organisation (credit_code);
CREATE INDEX ix_organisation_parent_id on organisation (parent_id);
CREATE UNIQUE INDEX ix_organisation_path on organisation (path);
CREATE INDEX ix_succession_organisation_id on succession (organisation_id);
CREATE INDEX ix_succession_successor_id on succession (successor_id);
CREATE UNIQUE INDEX ix_target_indicator_id_organisation_id_period_version on target (indicator_id, organisation_id, period, version);
CREATE INDEX ix_target_organisation_id on target (organisation_id);
CREATE UNIQUE INDEX ix_user_account_normalized_user_name on user_account (normalized_user_name);
CREATE INDEX ix_statistics_cell_explanation_indicator_id on statistics_cell_explanation (indicator_id);
CREATE INDEX ix_statistics_cell_explanation_organisation_id on statistics_cell_explanation (organisation_id);
CREATE INDEX ix_statistics_cell_query_indicator_id on statistics_cell_query (indicator_id);
CREATE INDEX ix_statistics_cell_query_organisation_id on statistics_cell_query (organisation_id);
CREATE INDEX ix_statistics_cell_query_return_id on statistics_cell_query (return_id);
CREATE UNIQUE INDEX ix_statistics_correction_case_id on statistics_correction (case_id);
CREATE INDEX ix_statistics_correction_cause_kind_cause_id on statistics_correction (cause_kind, cause_id);
CREATE INDEX ix_statistics_correction_indicator_id on statistics_correction (indicator_id);
CREATE INDEX ix_statistics_correction_observation_id on statistics_correction (observation_id);
CREATE INDEX ix_statistics_correction_organisation_id on statistics_correction (organisation_id);
CREATE UNIQUE INDEX ix_statistics_correction_return_id_number on statistics_correction (return_id, number);
CREATE UNIQUE INDEX ix_statistics_form_code on statistics_form (code);
CREATE INDEX ix_statistics_form_indicator_indicator_id on statistics_form_indicator (indicator_id);
CREATE INDEX ix_statistics_form_reporter_organisation_id on statistics_form_reporter (organisation_id);
CREATE UNIQUE INDEX ix_statistics_return_case_id on statistics_return (case_id);
CREATE UNIQUE INDEX ix_statistics_return_form_id_organisation_id_period on statistics_return (form_id, organisation_id, period);
CREATE INDEX ix_statistics_return_organisation_id on statistics_return (organisation_id);
CREATE INDEX ix_assessment_appeal_case_id on assessment_appeal (case_id);
CREATE UNIQUE INDEX ix_assessment_appeal_correction_case_id on assessment_appeal (correction_case_id);
CREATE UNIQUE INDEX ix_assessment_appeal_judgement on assessment_appeal (round_id, organisation_id, criterion, ordinal) where observation_id is null;
CREATE INDEX ix_assessment_appeal_organisation_id on assessment_appeal (organisation_id);
CREATE UNIQUE INDEX ix_assessment_appeal_value on assessment_appeal (round_id, organisation_id, criterion, observation_id, ordinal) where observation_id is not null;
CREATE INDEX ix_assessment_round_case_id on assessment_round (case_id);
CREATE INDEX ix_assessment_round_city_id on assessment_round (city_id);
CREATE INDEX ix_assessment_round_run_id on assessment_round (run_id);
CREATE INDEX ix_assessment_round_scheme_id on assessment_round (scheme_id);
CREATE INDEX ix_assessment_round_unit_organisation_id on assessment_round_unit (organisation_id);
CREATE UNIQUE INDEX ix_assessment_run_round_id_ordinal on assessment_run (round_id, ordinal);
CREATE UNIQUE INDEX ix_assessment_scheme_code_version on assessment_scheme (code, version);
CREATE INDEX ix_assessment_score_input_observation_id_run_id on assessment_score_input (observation_id, run_id);
CREATE INDEX ix_assessment_score_input_organisation_id on assessment_score_input (organisation_id);
CREATE INDEX ix_plans_duty_measure_id on plans_duty (measure_id);
CREATE INDEX ix_plans_duty_organisation_id on plans_duty (organisation_id);
CREATE INDEX ix_plans_measure_lead_id on plans_measure (lead_id);
CREATE INDEX ix_plans_measure_objective_id on plans_measure (objective_id);
CREATE UNIQUE INDEX ix_plans_measure_plan_id_code on plans_measure (plan_id, code);
CREATE UNIQUE INDEX ix_plans_milestone_case_id on plans_milestone (case_id);
CREATE INDEX ix_plans_milestone_measure_id on plans_milestone (measure_id);
CREATE UNIQUE INDEX ix_plans_milestone_plan_id_code on plans_milestone (plan_id, code);
CREATE UNIQUE INDEX ix_plans_objective_plan_id_code on plans_objective (plan_id, code);
CREATE INDEX ix_plans_plan_city_id on plans_plan (city_id);
CREATE UNIQUE INDEX ix_plans_plan_code on plans_plan (code);
CREATE UNIQUE INDEX ix_plans_problem_case_id on plans_problem (case_id);
CREATE INDEX ix_plans_problem_measure_id on plans_problem (measure_id);
CREATE INDEX ix_plans_problem_party_organisation_id on plans_problem_party (organisation_id);
CREATE INDEX ix_plans_progress_report_evidence_id on plans_progress_report (evidence_id);
CREATE INDEX ix_plans_progress_report_milestone_id on plans_progress_report (milestone_id);
CREATE INDEX ix_plans_progress_report_organisation_id on plans_progress_report (organisation_id);
CREATE INDEX ix_plans_project_organisation_id on plans_project (organisation_id);
CREATE INDEX ix_plans_project_park_id on plans_project (park_id);
CREATE UNIQUE INDEX ix_plans_project_plan_id_code on plans_project (plan_id, code);
CREATE INDEX ix_plans_project_step_organisation_id on plans_project_step (organisation_id);
CREATE UNIQUE INDEX ix_plans_project_step_project_id_stage on plans_project_step (project_id, stage);
CREATE INDEX ix_plans_revision_plan_id_at on plans_revision (plan_id, at);
CREATE INDEX ix_plans_revision_plan_id_kind_code_id on plans_revision (plan_id, kind, code, id);
CREATE INDEX ix_indicator_owner_id on indicator (owner_id);
CREATE INDEX ix_plans_plan_parent_id on plans_plan (parent_id);
CREATE INDEX ix_plans_measure_carries_id on plans_measure (carries_id);
CREATE INDEX ix_plans_working_group_host_id on plans_working_group (host_id);
CREATE UNIQUE INDEX ix_plans_working_group_plan_id_code on plans_working_group (plan_id, code);
CREATE INDEX ix_plans_group_member_unit_id on plans_group_member (unit_id);
CREATE UNIQUE INDEX ix_plans_unit_contact_plan_id_unit_id on plans_unit_contact (plan_id, unit_id);
CREATE INDEX ix_plans_unit_contact_unit_id on plans_unit_contact (unit_id);
CREATE INDEX ix_plans_carry_over_plan_id on plans_carry_over (plan_id);
CREATE INDEX ix_plans_carry_over_milestone_id on plans_carry_over (milestone_id);
CREATE INDEX ix_plans_evaluation_plan_id on plans_evaluation (plan_id);
CREATE UNIQUE INDEX ix_plans_evaluation_case_id on plans_evaluation (case_id);
CREATE INDEX ix_plans_evaluation_opinion_evaluation_id on plans_evaluation_opinion (evaluation_id);
CREATE INDEX ix_plans_evaluation_opinion_organisation_id on plans_evaluation_opinion (organisation_id);
CREATE UNIQUE INDEX ix_statistics_history_year_case_id on statistics_history_year (case_id);
CREATE INDEX ix_statistics_history_year_import_id on statistics_history_year (import_id);
CREATE INDEX ix_statistics_history_year_organisation_id on statistics_history_year (organisation_id);
CREATE INDEX ix_statistics_import_evidence_id on statistics_import (evidence_id);
CREATE INDEX ix_statistics_import_organisation_id on statistics_import (organisation_id);
CREATE INDEX ix_statistics_import_refused_id on statistics_import (refused_id);
CREATE UNIQUE INDEX ix_statistics_import_mapping_organisation_id_code on statistics_import_mapping (organisation_id, code);
CREATE INDEX ix_approval_granted_at on approval (granted_at);
CREATE INDEX ix_approval_withdrawn_at on approval (withdrawn_at);
CREATE INDEX ix_assessment_judgement_round_id_organisation_id_criterion on assessment_judgement (round_id, organisation_id, criterion);
CREATE INDEX ix_assessment_judgement_evidence_id on assessment_judgement (evidence_id);
CREATE INDEX ix_assessment_judgement_organisation_id on assessment_judgement (organisation_id);
CREATE INDEX ix_assessment_feedback_case_id on assessment_feedback (case_id);
CREATE INDEX ix_assessment_feedback_organisation_id on assessment_feedback (organisation_id);
CREATE UNIQUE INDEX ix_assessment_rectification_round_id_organisation_id_ordinal on assessment_rectification (round_id, organisation_id, ordinal);
CREATE INDEX ix_assessment_rectification_case_id on assessment_rectification (case_id);
CREATE INDEX ix_assessment_rectification_evidence_id on assessment_rectification (evidence_id);
CREATE INDEX ix_assessment_rectification_organisation_id on assessment_rectification (organisation_id);
CREATE INDEX ix_assessment_reward_case_id on assessment_reward (case_id);
CREATE INDEX ix_assessment_reward_organisation_id on assessment_reward (organisation_id);
CREATE INDEX ix_assessment_opinion_scheme_id on assessment_opinion (scheme_id);
CREATE INDEX ix_assessment_opinion_answered_in on assessment_opinion (answered_in);
CREATE INDEX ix_assessment_opinion_case_id on assessment_opinion (case_id);
CREATE INDEX ix_assessment_opinion_organisation_id on assessment_opinion (organisation_id);
COMMIT;
