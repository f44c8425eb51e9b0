package handler

import (
	"context"

	"yuandu/model"
	"yuandu/service/directory"
)

// OfficePage lists the departments for the console.
type OfficePage struct {
	Items []OfficeItem `json:"items" doc:"上级在下级之前"`
}

// OfficeItem is a department as the console shows it.
type OfficeItem struct {
	DepartmentItem
	Position int   `json:"position" doc:"在同级里的顺序"`
	Staff    int   `json:"staff" doc:"在用的账号数，不含下属部门"`
	Version  int64 `json:"version" doc:"版本，修改时放在 If-Match 里"`
}

func officeItem(o directory.Office) OfficeItem {
	return OfficeItem{departmentItem(o.Department), o.Position, o.Staff, o.Version}
}

func (h *handler) listOffices(ctx context.Context, _ *struct{}) (*Private[OfficePage], error) {
	list, err := h.Directory.Offices(ctx)
	if err != nil {
		return nil, err
	}
	return private(OfficePage{converted(list, officeItem)}), nil
}

// OfficeFields are what a department is added or changed with.
type OfficeFields struct {
	ParentID  string   `json:"parent_id,omitempty" maxLength:"26" doc:"上级部门；没有时为空"`
	Name      string   `json:"name" maxLength:"60" doc:"全称"`
	ShortName string   `json:"short_name,omitempty" maxLength:"30" doc:"简称"`
	Aliases   []string `json:"aliases,omitempty" maxItems:"100" doc:"别名，居民也会这样叫它"`
	Position  int      `json:"position,omitempty" minimum:"0" maximum:"100000" doc:"在同级里的顺序，小的在前"`
}

func (f OfficeFields) department(id string, version int64) *model.Department {
	return &model.Department{ID: id, ParentID: f.ParentID, Name: f.Name, ShortName: f.ShortName, Aliases: f.Aliases, Position: f.Position, Version: version}
}

// AddOfficeIn adds a department.
type AddOfficeIn struct {
	Keyed
	Body OfficeFields
}

func (h *handler) addOffice(ctx context.Context, in *AddOfficeIn) (*Private[OfficeItem], error) {
	d := in.Body.department("", 0)
	if err := h.Directory.Save(ctx, by(ctx), d); err != nil {
		return nil, err
	}
	return versioned(officeItem(directory.Office{Department: directory.Department{Department: *d}}), d.Version), nil
}

// EditOfficeIn changes a department.
type EditOfficeIn struct {
	EditID
	Body OfficeFields
}

func (h *handler) editOffice(ctx context.Context, in *EditOfficeIn) (*Private[OfficeItem], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	if err := h.Directory.Save(ctx, by(ctx), in.Body.department(in.ID, version)); err != nil {
		return nil, withCurrent(err, func() (OfficeItem, error) { return h.officeNow(ctx, in.ID) })
	}
	item, err := h.officeNow(ctx, in.ID)
	return versioned(item, item.Version), err
}

func (h *handler) officeNow(ctx context.Context, id string) (OfficeItem, error) {
	list, err := h.Directory.Offices(ctx)
	for _, o := range list {
		if o.ID == id {
			return officeItem(o), nil
		}
	}
	if err == nil {
		err = model.ErrDepartmentMissing
	}
	return OfficeItem{}, err
}

func (h *handler) removeOffice(ctx context.Context, in *EditID) (*Done, error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	err = h.Directory.Remove(ctx, by(ctx), in.ID, version)
	return done(), withCurrent(err, func() (OfficeItem, error) { return h.officeNow(ctx, in.ID) })
}
