package slackfake

import "slices"

// User is one person or bot.
type User struct {
	ID          string
	Team        string // "" = ours
	Name        string
	DisplayName string
	RealName    string

	Deleted         bool // deactivated
	Bot             bool
	Restricted      bool // a guest
	UltraRestricted bool // a guest in one channel
	Stranger        bool // of another workspace, in a shared channel
}

// Channel is one channel and who is in it.
type Channel struct {
	ID       string
	Name     string
	Members  []string
	Archived bool
}

// AddUser adds or replaces a user.
func (s *Server) AddUser(u User) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if u.Team == "" {
		u.Team = Team
	}
	s.users[u.ID] = &u
	s.touch()
}

// AddAgent adds a full member with that id and display name who is in the
// queue's channel, and lets them act.
func (s *Server) AddAgent(id, name string) *Agent {
	s.AddUser(User{ID: id, Name: name, DisplayName: name, RealName: name})
	s.Join(Queue, id)
	return s.Agent(id)
}

// AddChannel adds or replaces a channel.
func (s *Server) AddChannel(id, name string, members ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channels[id] = &Channel{ID: id, Name: name, Members: members}
	s.touch()
}

// Archive closes a channel for new messages.
func (s *Server) Archive(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.channels[id]; c != nil {
		c.Archived = true
	}
	s.touch()
}

// AddGroup adds or replaces a user group.
func (s *Server) AddGroup(id string, users ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.groups[id] = users
	s.touch()
}

// Join puts a user into a channel.
func (s *Server) Join(channel, user string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.channels[channel]; c != nil && !slices.Contains(c.Members, user) {
		c.Members = append(c.Members, user)
	}
	s.touch()
}

// Leave takes a user out of a channel.
func (s *Server) Leave(channel, user string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.channels[channel]; c != nil {
		c.Members = slices.DeleteFunc(c.Members, func(m string) bool { return m == user })
	}
	s.touch()
}

// teamOf gives the team of a user, ours where the user is not known. Called
// with mu held.
func (s *Server) teamOf(user string) string {
	if u := s.users[user]; u != nil {
		return u.Team
	}
	return Team
}
