package handler

import (
	"context"

	"yuandu/model"
)

// HomeTable is the first page as those who lay it out see it.
type HomeTable struct {
	Blocks  []HomeLine   `json:"blocks" doc:"全部的块，按顺序"`
	Notices []HomeNotice `json:"notices" doc:"公告，含已经过期的"`
	Version int64        `json:"version" doc:"版本，修改时放在 If-Match 里；没有改过为 0"`
	MayEdit bool         `json:"may_edit" doc:"您能不能修改"`
}

// HomeLine is a block as those who lay out the first page see it.
type HomeLine struct {
	HomeFields
	Name  string   `json:"name" doc:"原来的标题"`
	Lines []string `json:"lines" doc:"现在会显示的内容，每项一行"`
}

// HomeFields are what can be changed of a block.
type HomeFields struct {
	Kind  string `json:"kind" maxLength:"30" doc:"哪一块"`
	Title string `json:"title" maxLength:"30" doc:"标题，最多 12 个字"`
	Shown bool   `json:"shown" doc:"显示不显示"`
}

// HomeIn lays out the first page.
type HomeIn struct {
	Edit
	Body struct {
		Blocks  []HomeFields `json:"blocks" maxItems:"40" doc:"全部的块，按想要的顺序"`
		Notices []HomeNotice `json:"notices" maxItems:"20" doc:"全部公告，按想要的顺序"`
	}
}

func (h *handler) getHomeTable(ctx context.Context, _ *struct{}) (*Private[HomeTable], error) {
	t, err := h.homeTable(ctx)
	return versioned(t, t.Version), err
}

func (h *handler) homeTable(ctx context.Context) (t HomeTable, err error) {
	home, err := h.City.Home(ctx, knownBlocks())
	if err != nil {
		return t, err
	}
	t = HomeTable{Notices: converted(home.Notices, homeNotice), Version: home.Version, MayEdit: by(ctx).May(model.ActEditHome)}
	names := map[string]string{}
	for _, k := range knownBlocks() {
		names[k.Kind] = k.Title
	}
	for _, b := range home.Blocks {
		block, err := h.blockItems(ctx, home, b.Kind)
		if err != nil {
			return t, err
		}
		t.Blocks = append(t.Blocks, HomeLine{HomeFields(b), names[b.Kind], block.lines})
	}
	return t, nil
}

func (h *handler) editHome(ctx context.Context, in *HomeIn) (*Private[HomeTable], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	home := &model.Home{Version: version,
		Blocks:  converted(in.Body.Blocks, func(f HomeFields) model.HomeBlock { return model.HomeBlock(f) }),
		Notices: converted(in.Body.Notices, func(n HomeNotice) model.HomeNotice { return model.HomeNotice(n) })}
	if err := h.City.EditHome(ctx, by(ctx), knownBlocks(), home); err != nil {
		return nil, withCurrent(err, func() (HomeTable, error) { return h.homeTable(ctx) })
	}
	return h.getHomeTable(ctx, nil)
}
