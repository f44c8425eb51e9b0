package wechat

import (
	"context"
	"time"

	"github.com/silenceper/wechat/v2/domain/openapi"
	"github.com/silenceper/wechat/v2/util"
)

// Quota is how often a call may be made and has been, today. WeChat counts to
// about one in a hundred.
type Quota struct {
	Limit, Used, Remain int64
	PerPeriod           int64 // calls in one Period; 0 where WeChat says nothing
	Period              time.Duration
}

type quotaAnswer struct {
	util.CommonError
	Quota struct {
		Limit  int64 `json:"daily_limit"`
		Used   int64 `json:"used"`
		Remain int64 `json:"remain"`
	} `json:"quota"`
	Rate struct {
		Count  int64 `json:"call_count"`
		Second int64 `json:"refresh_second"`
	} `json:"rate_limit"`
}

// Quota asks what is left of a call. Calls below /sns/ have none to be read.
func (d *Door) Quota(ctx context.Context, of API) (Quota, error) {
	var a quotaAnswer
	if err := d.post(ctx, APIQuota, openapi.GetAPIQuotaParams{CgiPath: string(of)}, &a); err != nil {
		return Quota{}, err
	}
	period := time.Duration(a.Rate.Second) * time.Second
	return Quota{a.Quota.Limit, a.Quota.Used, a.Quota.Remain, a.Rate.Count, period}, nil
}
