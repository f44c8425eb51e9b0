package model

// Handover is what becomes of somebody's work who leaves, or gets other roles.
type Handover struct {
	From  string
	Keeps []Grant // the roles that stay, none of somebody who leaves
	To    string  // "" for nobody
	Why   string
	By    Actor
}

// OpenWork is how many things of a kind wait for somebody.
type OpenWork struct {
	Kind  string `json:"kind"`
	Count int    `json:"count"`
}
