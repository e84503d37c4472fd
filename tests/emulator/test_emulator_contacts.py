"""People, departments, name search and group members."""


async def test_user_get_gives_the_union_id_with_json_types(client, alice):
    answer = await client.oapi("v2/user/get", {"userid": "alice", "language": "zh_CN"})
    assert answer["errcode"] == 0
    assert answer["result"]["unionid"] == alice.union_id
    assert answer["result"]["active"] is True
    assert "mobile" not in answer["result"]


async def test_a_person_who_left_and_an_outsider_are_not_found(client, dingtalk, alice):
    dingtalk.remove(alice)
    dingtalk.outsider("ext")
    for staff_id in ("alice", "ext"):
        assert (await client.oapi("v2/user/get", {"userid": staff_id}))["errcode"] == 60121
    assert (await client.oapi("v2/user/get", {}))["errcode"] == 400002


async def test_a_union_id_leads_back_to_the_staff_id(client, dingtalk, alice):
    outsider = dingtalk.outsider("ext")
    answer = await client.oapi("user/getbyunionid", {"unionid": alice.union_id})
    assert answer["result"] == {"contact_type": 0, "userid": "alice"}
    answer = await client.oapi("user/getbyunionid", {"unionid": outsider.union_id})
    assert answer["result"]["contact_type"] == 1


async def test_user_list_pages_through_direct_members_only(client, dingtalk):
    dingtalk.department(7, "Design")
    people = [dingtalk.person(f"p{n}", department=7) for n in range(5)]
    dingtalk.person("boss", department=1)
    first = (await client.oapi("v2/user/list", {"dept_id": 7, "cursor": 0, "size": 3}))["result"]
    assert (first["has_more"], first["next_cursor"], len(first["list"])) == (True, 3, 3)
    rest = (await client.oapi("v2/user/list", {"dept_id": 7, "cursor": 3, "size": 3}))["result"]
    assert not rest["has_more"]
    assert [row["unionid"] for row in first["list"] + rest["list"]] == [each.union_id for each in people]
    simple = (await client.oapi("user/listsimple", {"dept_id": 7, "cursor": 0, "size": 100}))["result"]
    assert simple["list"][0] == {"userid": "p0", "name": "p0"}
    assert len((await client.oapi("user/listid", {"dept_id": 7}))["result"]["userid_list"]) == 5


async def test_page_sizes_above_100_and_unknown_departments_are_refused(client):
    assert (await client.oapi("v2/user/list", {"dept_id": 1, "cursor": 0, "size": 101}))["errcode"] == 40035
    assert (await client.oapi("v2/user/list", {"dept_id": 99, "cursor": 0, "size": 10}))["errcode"] == 60003


async def test_departments_are_listed_one_level_at_a_time(client, dingtalk):
    dingtalk.department(7, "Design")
    dingtalk.department(8, "Print", parent=7)
    top = (await client.oapi("v2/department/listsub", {}))["result"]
    assert top == [{"dept_id": 7, "name": "Design", "parent_id": 1}]
    assert (await client.oapi("v2/department/listsubid", {"dept_id": 7}))["result"] == {"dept_id_list": [8]}


async def test_name_search_gives_staff_ids_and_counts_against_the_quota(client, dingtalk):
    dingtalk.person("w1", name="王芳", aliases=("wangfang",))
    dingtalk.person("w2", name="王芳芳")
    body = {"queryWord": "王芳", "offset": 0, "size": 10}
    answer = (await client.api("POST", "/v1.0/contact/users/search", body))[1]
    assert (answer["totalCount"], answer["list"], answer["hasMore"]) == (2, ["w1", "w2"], False)
    answer = (await client.api("POST", "/v1.0/contact/users/search", {**body, "fullMatchField": 1}))[1]
    assert answer["list"] == ["w1"]
    answer = (await client.api("POST", "/v1.0/contact/users/search", {**body, "queryWord": "wangf"}))[1]
    assert answer["list"] == ["w1"]
    assert dingtalk.monthly_calls == 3


async def test_members_are_listed_for_scene_groups_only(client, dingtalk, alice, group):
    scene = dingtalk.group("Scene", [alice], scene=True)
    path = "/v1.0/im/sceneGroups/members/batchQuery"
    body = {"openConversationId": scene.conversation_id, "maxResults": 100}
    assert (await client.api("POST", path, body))[1]["memberUserIds"] == ["alice"]
    body["openConversationId"] = group.conversation_id
    assert (await client.api("POST", path, body))[1]["code"] == "groupPermissionDenied"
