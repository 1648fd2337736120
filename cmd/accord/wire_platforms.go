package main

import (
	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/adapters/telegram"
	"github.com/accord-chat/accord/adapters/web"
)

// connectCustomers makes one adapter for each platform that is configured. The
// web chat is always there.
func (s *service) connectCustomers() (err error) {
	cfg := s.cfg
	s.web, err = web.New(web.Config{Business: cfg.Name, History: s.history, Epoch: s.epoch, PublicURL: cfg.PublicURL, Embed: cfg.WebEmbed,
		Files: filesFolder(cfg.Data), OpenFile: s.openSent, Key: s.sessionKey, Free: s.space, Logger: s.log})
	if err != nil {
		return err
	}
	s.customers = []adapters.Adapter{s.web}
	if cfg.TelegramToken == "" {
		return nil
	}
	t, err := telegram.New(telegram.Config{
		Token: telegram.Secret(cfg.TelegramToken), APIURL: cfg.TelegramAPIURL, Logger: s.log,
		Mode: cfg.TelegramMode, WebhookSecret: telegram.Secret(cfg.TelegramSecret), WebhookURL: cfg.webhookURL(),
	})
	if err != nil {
		return err
	}
	s.customers = append(s.customers, t)
	return nil
}

// webhookURL is where Telegram calls us; "" where it does not.
func (c *config) webhookURL() string {
	if c.TelegramMode != modeWebhook {
		return ""
	}
	return c.below("/telegram/webhook")
}
