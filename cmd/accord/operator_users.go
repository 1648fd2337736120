package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/accord-chat/accord/bot/store"
)

// maxName is the longest name of a user, in characters: it stands on cards.
const maxName = 60

// Users implements operator.
func (k *keeper) Users(ctx context.Context) ([]account, error) {
	users, err := k.store.Users(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]account, 0, len(users))
	for _, u := range users {
		list = append(list, accountOf(u))
	}
	return list, nil
}

func accountOf(u store.User) account {
	return account{ID: u.ID, Name: u.Name, Display: u.Display, Role: u.Role, Created: time.UnixMilli(u.Created).UTC(), Disabled: u.Disabled}
}

// AddUser implements operator. Two who may sign in never have one name, or a
// link could be given to the wrong one.
func (k *keeper) AddUser(ctx context.Context, who newcomer) (account, error) {
	if err := checkName(who.Name); err != nil {
		return account{}, err
	}
	if who.Role != store.RoleAdmin && who.Role != store.RoleAgent {
		return account{}, &problem{what: fmt.Sprintf("there is no role %q", who.Role), hint: "use --role admin or --role agent"}
	}
	switch _, err := k.find(ctx, who.Name); {
	case err == nil:
		return account{}, &problem{what: "there is a user " + who.Name + " already", hint: "accord user link " + quoted(who.Name) + " lets them sign in", code: exitWanting}
	case !errors.Is(err, store.ErrNotFound):
		return account{}, err
	}
	u := store.User{Name: who.Name, Role: who.Role, Created: k.now().UnixMilli()}
	var err error
	if u.ID, err = k.store.AddUser(ctx, u); err != nil {
		return account{}, err
	}
	return accountOf(u), k.audit(ctx, "add_user", u)
}

// checkName refuses what could be mistaken for something else when it is shown
// or typed.
func checkName(name string) error {
	switch {
	case strings.TrimSpace(name) == "" || name != strings.TrimSpace(name):
		return &problem{what: "a user's name must begin and end with a letter or digit", hint: "for example: accord user add anna"}
	case utf8.RuneCountInString(name) > maxName:
		return &problem{what: fmt.Sprintf("a user's name has at most %d characters", maxName), hint: "choose a shorter one"}
	case strings.HasPrefix(name, "#") || strings.HasPrefix(name, "-") || strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }):
		return &problem{what: "a user's name begins with no # or - and holds nothing invisible", hint: "for example: accord user add anna"}
	}
	return nil
}

// Link implements operator.
func (k *keeper) Link(ctx context.Context, name string) (link, error) {
	u, err := k.one(ctx, name)
	if err != nil {
		return link{}, err
	}
	l, err := k.link(ctx, u)
	if err != nil {
		return link{}, err
	}
	return l, k.audit(ctx, "make_link", u)
}

// Disable implements operator.
func (k *keeper) Disable(ctx context.Context, who leaver) (account, error) {
	u, err := k.one(ctx, who.Name)
	if err != nil {
		return account{}, err
	}
	if u.Role == store.RoleAdmin && !who.Force {
		users, err := k.store.Users(ctx)
		if err != nil {
			return account{}, err
		}
		if admins(users) == 1 {
			return account{}, &problem{what: u.Name + " is the last admin: nobody could let others in on the console any more",
				hint: "make another first: accord user add NAME --role admin; or insist with --force", code: exitWanting}
		}
	}
	if err := k.store.DisableUser(ctx, u.ID, k.now().UnixMilli()); err != nil {
		return account{}, err
	}
	u.Disabled = true
	return accountOf(u), k.audit(ctx, "disable_user", u)
}

// admins counts who may sign in as one.
func admins(users []store.User) (n int) {
	for _, u := range users {
		if u.Role == store.RoleAdmin && !u.Disabled {
			n++
		}
	}
	return n
}

// audit notes what was done at the command line, where nobody signs in: who
// may read the data folder may do everything.
func (k *keeper) audit(ctx context.Context, act string, u store.User) error {
	return k.note(ctx, act, "console:"+strconv.FormatInt(u.ID, 10))
}

func (k *keeper) note(ctx context.Context, act, about string) error {
	return k.store.Audit(ctx, []store.AuditRow{{At: k.now().UnixMilli(), Who: "command line", Act: act, About: about, Verdict: "allowed"}})
}

// one finds the user a command names, or says in words that there is none.
func (k *keeper) one(ctx context.Context, name string) (store.User, error) {
	u, err := k.find(ctx, name)
	if errors.Is(err, store.ErrNotFound) {
		return u, &problem{what: fmt.Sprintf("there is no user %q who may sign in", name), hint: "accord user list shows all, accord user add makes one", code: exitWanting}
	}
	return u, err
}

// find finds somebody who is not disabled by name or by "#ID".
func (k *keeper) find(ctx context.Context, name string) (store.User, error) {
	users, err := k.store.Users(ctx)
	if err != nil {
		return store.User{}, err
	}
	i := slices.IndexFunc(users, func(u store.User) bool {
		return !u.Disabled && (u.Name == name || "#"+strconv.FormatInt(u.ID, 10) == name)
	})
	if i < 0 {
		return store.User{}, store.ErrNotFound
	}
	return users[i], nil
}

// State implements operator.
func (k *keeper) State(ctx context.Context) (state, error) {
	stats, err := k.store.Stats(ctx)
	if err != nil {
		return state{}, err
	}
	users, err := k.store.Users(ctx)
	if err != nil {
		return state{}, err
	}
	outs, err := k.store.TroubledOuts(ctx, lookBack)
	if err != nil {
		return state{}, err
	}
	s := state{Stats: stats, Admins: admins(users)}
	yesterday := k.now().AddDate(0, 0, -1).UnixMilli()
	for _, t := range outs {
		if t.Unknown && t.Written > yesterday {
			s.Recent++
		}
	}
	return s, k.about(ctx, &s)
}
