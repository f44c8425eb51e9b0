package model_test

import (
	"strings"
	"testing"

	"yuandu/model"
)

func TestWhoMayGetALetterAtAll(t *testing.T) {
	standings := model.Standings([]model.Department{
		{ID: "city", Name: "鸢都市人民政府"}, {ID: "teach", Name: "鸢都市教育局", ParentID: "city"},
		{ID: "county", Name: "青禾区人民政府", ParentID: "city"}, {ID: "county teach", Name: "青禾区教育和体育局", ParentID: "county"},
		{ID: "county roads", Name: "青禾区公路发展中心", ParentID: "county"}, {ID: "town", Name: "云门镇人民政府", ParentID: "county"}})
	for _, c := range []struct{ name, leans, place, want string }{
		{"a county's office comes after the city's of its trade", "county teach,teach,county roads", "青禾区东苑街道", "teach,county teach,county roads"},
		{"and not at all where its county is not the place", "county teach,teach", "鸢飞路", "teach"},
		{"what only the county does is the county's", "county roads,teach", "青禾区某村", "county roads,teach"},
		{"nothing is pushed down to a township", "town,county roads", "青禾区云门镇", "county roads"},
		{"an office that the house does not know is of the city", "new,teach", "", "new,teach"},
	} {
		var list []model.Leaning
		for i, id := range strings.Split(c.leans, ",") {
			list = append(list, model.Leaning{Office: id, Score: float64(-i)})
		}
		kept, overlap := model.Competent(list, standings, c.place)
		var got []string
		for _, l := range kept {
			got = append(got, l.Office)
		}
		if strings.Join(got, ",") != c.want {
			t.Errorf("%s: %v, want %s", c.name, got, c.want)
		}
		if overlap["teach"] != (strings.Contains(c.leans, "county teach") && strings.Contains(c.place, "青禾区")) {
			t.Errorf("%s: overlap is %v", c.name, overlap)
		}
	}
}

func TestAWordOfOnePersonIsNotKept(t *testing.T) {
	p := model.NewPrecedents(model.LeastAuthors)
	for range 5 {
		p.Learn("heating", model.Clues{Words: []string{"周隐名"}, Author: "王芳"})
	}
	for _, author := range []string{"王芳", "李建国", "赵明"} {
		p.Learn("heating", model.Clues{Words: []string{"暖气"}, Author: author})
	}
	p.Settle()
	a := model.NewAdviser()
	a.Letters = p
	called := model.Called{Office: func(id string) string { return id }, Topic: func(id string) string { return id }}
	said := strings.Join(a.Reasons("heating", model.Clues{}, []string{"周隐名", "暖气"}, called), " ")
	if strings.Contains(said, "周隐名") || !strings.Contains(said, "“暖气”：过去 3 封同类来信，3 封由heating办理") {
		t.Errorf("it is said: %s", said)
	}
}
