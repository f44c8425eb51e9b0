package pages_test

import (
	"encoding/asn1"
	"image"
	"slices"
	"testing"

	"yuandu/media/mediatest"
	"yuandu/media/pages"
)

// drawnPage is a page with one of each thing that can be drawn; each lies in a square of 30 mm.
const drawnPage = `<ofd:Template TemplateID="50"/><ofd:Template TemplateID="51" ZOrder="Foreground"/>
<ofd:Layer ID="1" DrawParam="40">
<ofd:PathObject Boundary="10 10 30 30" Fill="true" Stroke="false"><ofd:FillColor Value="255 0 0"/><ofd:AbbreviatedData>M 0 0 L 30 0 L 30 30 L 0 30 C</ofd:AbbreviatedData></ofd:PathObject>
<ofd:PathObject Boundary="50 10 30 30" Fill="true" Stroke="false" Rule="Even-Odd"><ofd:FillColor Value="#00 #80 #00"/><ofd:AbbreviatedData>M 0 0 L 30 0 L 30 30 L 0 30 C M 10 10 L 20 10 L 20 20 L 10 20 C</ofd:AbbreviatedData></ofd:PathObject>
<ofd:PathObject Boundary="90 10 30 30" Fill="true" Stroke="false"><ofd:FillColor Value="0 0 255"/><ofd:AbbreviatedData>M 0 15 A 15 15 0 0 1 30 15 A 15 15 0 1 1 0 15 C</ofd:AbbreviatedData></ofd:PathObject>
<ofd:PathObject Boundary="130 10 30 30" LineWidth="2" DashPattern="4 4"><ofd:AbbreviatedData>M 0 15 L 30 15</ofd:AbbreviatedData></ofd:PathObject>
<ofd:PathObject Boundary="170 10 30 30"><ofd:AbbreviatedData>M 0 15 B 10 -10 20 40 30 15 M 0 30 Q 15 0 30 30</ofd:AbbreviatedData></ofd:PathObject>
<ofd:PathObject Boundary="10 50 30 30" Fill="true" Stroke="false"><ofd:Clips><ofd:Clip><ofd:Area><ofd:Path Boundary="0 0 30 30"><ofd:AbbreviatedData>M 0 0 L 15 0 L 15 30 L 0 30 C</ofd:AbbreviatedData></ofd:Path></ofd:Area></ofd:Clip></ofd:Clips><ofd:FillColor Value="0 0 0"/><ofd:AbbreviatedData>M 0 0 L 30 0 L 30 30 L 0 30 C</ofd:AbbreviatedData></ofd:PathObject>
<ofd:PathObject Boundary="50 50 30 30" Fill="true" Stroke="false"><ofd:FillColor><ofd:AxialShd StartPoint="0 15" EndPoint="30 15"><ofd:Segment Position="0"><ofd:Color Value="255 0 0"/></ofd:Segment><ofd:Segment Position="0.5"><ofd:Color Value="255 255 0"/></ofd:Segment><ofd:Segment Position="1"><ofd:Color Value="0 0 255"/></ofd:Segment></ofd:AxialShd></ofd:FillColor><ofd:AbbreviatedData>M 0 0 L 30 0 L 30 30 L 0 30 C</ofd:AbbreviatedData></ofd:PathObject>
<ofd:PathObject Boundary="90 50 30 30" Fill="true" Stroke="false"><ofd:FillColor><ofd:RadialShd StartPoint="15 15" StartRadius="0" EndPoint="15 15" EndRadius="15"><ofd:Segment><ofd:Color Value="255 255 255"/></ofd:Segment><ofd:Segment><ofd:Color Value="0 0 0"/></ofd:Segment></ofd:RadialShd></ofd:FillColor><ofd:AbbreviatedData>M 0 0 L 30 0 L 30 30 L 0 30 C</ofd:AbbreviatedData></ofd:PathObject>
<ofd:PathObject Boundary="130 50 30 30" Fill="true" Stroke="false"><ofd:FillColor Value="255 0 0" Alpha="128"/><ofd:AbbreviatedData>M 0 0 L 30 0 L 30 30 L 0 30 C</ofd:AbbreviatedData></ofd:PathObject>
<ofd:CompositeObject Boundary="170 50 30 30" CTM="3 0 0 3 0 0" ResourceID="20"/>
<ofd:ImageObject Boundary="10 90 30 30" CTM="30 0 0 30 0 0" ResourceID="10"/>
<ofd:ImageObject Boundary="50 90 30 30" CTM="30 0 0 30 0 0" ResourceID="11"/>
<ofd:ImageObject Boundary="90 90 30 30" ResourceID="12"/>
<ofd:ImageObject Boundary="130 90 30 30" CTM="0 30 -30 0 30 0" ResourceID="10"/>
<ofd:ImageObject Boundary="170 90 30 30" CTM="30 0 0 30 0 0" ResourceID="10" ImageMask="13"/>
<ofd:ImageObject Boundary="10 255 30 30" CTM="30 0 0 30 0 0" ResourceID="14"/>
<ofd:ImageObject Boundary="50 255 30 30" CTM="30 0 0 30 0 0" ResourceID="15"/>
<ofd:TextObject Boundary="10 130 60 10" Font="1" Size="8"><ofd:TextCode X="0" Y="8" DeltaX="g 3 8">鸢都公报</ofd:TextCode></ofd:TextObject>
<ofd:TextObject Boundary="50 130 60 10" Font="1" Size="8" Weight="700"><ofd:TextCode X="0" Y="8" DeltaX="8 8 8">鸢都公报</ofd:TextCode></ofd:TextObject>
<ofd:TextObject Boundary="90 130 60 10" Font="1" Size="8" Italic="true"><ofd:FillColor Value="255 0 0"/><ofd:TextCode X="0" Y="8" DeltaX="8 8 8">鸢都公报</ofd:TextCode></ofd:TextObject>
<ofd:TextObject Boundary="130 130 60 10" Font="1" Size="8" HScale="0.5"><ofd:TextCode X="0" Y="8" DeltaX="4 4 4">鸢都公报</ofd:TextCode></ofd:TextObject>
<ofd:TextObject Boundary="170 130 60 10" Font="2" Size="8" Fill="false" Stroke="true" LineWidth="0.1"><ofd:TextCode X="0" Y="8" DeltaX="8 8 8">鸢都公报</ofd:TextCode></ofd:TextObject>
<ofd:TextObject Boundary="10 150 10 40" Font="1" Size="8"><ofd:TextCode X="0" Y="8" DeltaY="g 3 9">竖排文字</ofd:TextCode></ofd:TextObject>
<ofd:TextObject Boundary="50 150 40 10" Font="1" Size="8" CharDirection="90"><ofd:TextCode X="0" Y="2" DeltaX="9 9">转了向</ofd:TextCode></ofd:TextObject>
<ofd:TextObject Boundary="90 150 40 10" Font="2" Size="6"><ofd:TextCode X="0" Y="6" DeltaX="g 4 6">黑体与宋体</ofd:TextCode><ofd:TextCode X="0" Y="14" DeltaX="g 7 3">SimHei A</ofd:TextCode></ofd:TextObject>
</ofd:Layer>`

// sealValue is what was signed, as far as a picture is in it.
type (
	sealValue struct {
		Version int
		Seal    sealOf
	}
	sealOf      struct{ Picture sealPicture }
	sealPicture struct {
		Format        string `asn1:"ia5"`
		Data          []byte
		Width, Height int
	}
)

// drawnOFD is an OFD of that page, with a seal that is an OFD itself.
func drawnOFD() []byte {
	clear := image.NewRGBA(image.Rect(0, 0, 10, 10))
	for y := range 5 {
		for x := range 10 {
			clear.Set(x, y, mediatest.Left)
		}
	}
	res := mediatest.OFDRes(`<ofd:DrawParams><ofd:DrawParam ID="40" Relative="41" LineWidth="1"/><ofd:DrawParam ID="41"><ofd:StrokeColor Value="128 0 128"/></ofd:DrawParam></ofd:DrawParams>
<ofd:Fonts><ofd:Font ID="1" FontName="宋体"/><ofd:Font ID="2" FontName="黑体"/></ofd:Fonts>
<ofd:MultiMedias><ofd:MultiMedia ID="10" Type="Image"><ofd:MediaFile>a.png</ofd:MediaFile></ofd:MultiMedia><ofd:MultiMedia ID="11" Type="Image"><ofd:MediaFile>b.png</ofd:MediaFile></ofd:MultiMedia>
<ofd:MultiMedia ID="12" Type="Image"><ofd:MediaFile>c.jpg</ofd:MediaFile></ofd:MultiMedia><ofd:MultiMedia ID="13" Type="Image"><ofd:MediaFile>d.bmp</ofd:MediaFile></ofd:MultiMedia>
<ofd:MultiMedia ID="14" Type="Image"><ofd:MediaFile>e.jb2</ofd:MediaFile></ofd:MultiMedia><ofd:MultiMedia ID="15" Type="Image"><ofd:MediaFile>f.jb2</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias>
<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="20" Width="10" Height="10"><ofd:Content><ofd:PathObject Boundary="2 2 6 6" Fill="true" Stroke="false"><ofd:FillColor Value="0 128 128"/><ofd:AbbreviatedData>M 0 0 L 6 0 L 6 6 L 0 6 C</ofd:AbbreviatedData></ofd:PathObject></ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>`)
	field := func(colour string) string {
		return `<ofd:PathObject Boundary="150 200 50 50" Fill="true" Stroke="false"><ofd:FillColor Value="` + colour + `"/><ofd:AbbreviatedData>M 0 0 L 50 0 L 50 50 L 0 50 C</ofd:AbbreviatedData></ofd:PathObject>`
	}
	seal := mediatest.OFDPages("", []string{`<ofd:PathObject Boundary="0 0 210 297" Fill="true" Stroke="false"><ofd:FillColor Value="255 0 0"/><ofd:AbbreviatedData>M 0 0 L 210 0 L 105 297 C</ofd:AbbreviatedData></ofd:PathObject>`})
	signed, err := asn1.Marshal(sealValue{4, sealOf{sealPicture{"ofd", seal, 40, 40}}})
	if err != nil {
		panic(err)
	}
	entries := []mediatest.Entry{
		{Name: "Doc_0/PublicRes.xml", Text: res},
		{Name: "Doc_0/Res/a.png", Text: string(mediatest.PNG(mediatest.Picture(40, 40)))},
		{Name: "Doc_0/Res/b.png", Text: string(mediatest.PNG(clear))},
		{Name: "Doc_0/Res/c.jpg", Text: string(mediatest.JPEG(40, 40, 1))},
		{Name: "Doc_0/Res/d.bmp", Text: string(mediatest.BMP(20, 20))},
		{Name: "Doc_0/Res/e.jb2", Text: string(mediatest.Fax(true))},
		{Name: "Doc_0/Res/f.jb2", Text: string(mediatest.Fax(false))},
		{Name: "Doc_0/Back.xml", Text: mediatest.OFDPage(field("200 200 200"))},
		{Name: "Doc_0/Front.xml", Text: mediatest.OFDPage(`<ofd:PathObject Boundary="170 220 10 10" Fill="true" Stroke="false"><ofd:FillColor Value="0 0 0"/><ofd:AbbreviatedData>M 0 0 L 10 0 L 10 10 L 0 10 C</ofd:AbbreviatedData></ofd:PathObject>` + words("模板", 150, 255))},
		{Name: "Doc_0/Signs/Signatures.xml", Text: `<Signatures><Signature ID="1" BaseLoc="Sign.xml"/></Signatures>`},
		{Name: "Doc_0/Signs/Sign.xml", Text: `<Signature><SignedInfo><StampAnnot ID="1" PageRef="1" Boundary="10 200 40 40"/><StampAnnot ID="2" PageRef="1" Boundary="60 200 40 40" Clip="0 0 20 40"/></SignedInfo><SignedValue>SignedValue.dat</SignedValue></Signature>`},
		{Name: "Doc_0/Signs/SignedValue.dat", Text: string(signed)},
		{Name: "OFD.xml", Text: `<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot><Signatures>Doc_0/Signs/Signatures.xml</Signatures></DocBody></OFD>`},
	}
	return mediatest.OFDPages(`<ofd:TemplatePage ID="50" BaseLoc="Back.xml"/><ofd:TemplatePage ID="51" BaseLoc="Front.xml"/>`, []string{drawnPage}, entries...)
}

func TestEverythingInAnOFDIsDrawnWhereItStands(t *testing.T) {
	d := open(t, engine(), ofdAt(t, drawnOFD()))
	said := text(t, d, 1)
	if want := "鸢都公报 鸢都公报 鸢都公报 鸢都公报 鸢都公报\n竖排文字\n转了向 黑体与宋体\nSimHei A\n模板"; said.Body != want {
		t.Errorf("says %q", said.Body)
	}
	if codes := codesOf(said.Notes); !slices.Equal(codes, []string{"font_replaced"}) || d.Info().Signed != 1 {
		t.Errorf("tells of %v and %v", said.Notes, d.Info().Notes)
	}
	_, seen := picture(t, d, 1, 1080)
	for _, probe := range []struct {
		what    string
		x, y    float64 // millimetres
		r, g, b uint8
	}{
		{"a field", 25, 25, 255, 0, 0}, {"a frame", 55, 25, 0, 128, 0}, {"the hole in it", 65, 25, 255, 255, 255},
		{"a circle of arcs", 105, 12, 0, 0, 255}, {"beside it", 91, 11, 255, 255, 255}, {"a dash, of the layer's colour", 132, 25, 128, 0, 128},
		{"between dashes", 136, 25, 255, 255, 255}, {"a curve", 172, 36.4, 128, 0, 128},
		{"inside a clip", 20, 65, 0, 0, 0}, {"outside", 30, 65, 255, 255, 255},
		{"a shading begins", 51, 65, 255, 0, 0}, {"in its middle", 65, 65, 255, 255, 0}, {"and ends", 79, 65, 0, 0, 255},
		{"a round one", 105, 65, 255, 255, 255}, {"at its edge", 119, 65, 0, 0, 0}, {"what is seen through", 145, 65, 255, 128, 128},
		{"a composite", 185, 65, 0, 128, 128}, {"at its edge", 172, 52, 255, 255, 255},
		{"the left of a picture", 15, 105, 200, 30, 30}, {"its right", 35, 105, 30, 30, 200}, {"what is clear in one", 65, 115, 255, 255, 255},
		{"a photograph without a matrix", 95, 105, 200, 30, 30}, {"a turned picture", 145, 95, 200, 30, 30}, {"its lower half", 145, 115, 30, 30, 200},
		{"the white of a fax", 25, 262, 255, 255, 255}, {"its black", 25, 278, 0, 0, 0}, {"of one whose heads stand first", 65, 262, 255, 255, 255}, {"its black", 65, 278, 0, 0, 0},
		{"the template below", 155, 205, 200, 200, 200}, {"the one above", 175, 225, 0, 0, 0},
		{"a seal", 30, 210, 255, 0, 0}, {"beside its point", 15, 238, 255, 255, 255}, {"half a seal", 75, 205, 255, 0, 0}, {"the other half", 85, 205, 255, 255, 255},
	} {
		r, g, b, _ := seen.At(int(probe.x*1080/210), int(probe.y*1080/210)).RGBA()
		far := func(a uint32, b uint8) bool { return max(int(a>>8)-int(b), int(b)-int(a>>8)) > 24 }
		if far(r, probe.r) || far(g, probe.g) || far(b, probe.b) {
			t.Errorf("%s is %d,%d,%d", probe.what, r>>8, g>>8, b>>8)
		}
	}
	ink := func(x, y, w, h float64) float64 {
		return mediatest.Ink(seen, pages.Box{Left: x / 210, Top: y / 297, Right: (x + w) / 210, Bottom: (y + h) / 297})
	}
	if plain, bold, narrow := ink(10, 130, 32, 10), ink(50, 130, 32, 10), ink(146, 130, 20, 10); bold < 1.2*plain || narrow > .01 {
		t.Errorf("ink of plain words is %.3f, of bold ones %.3f, and behind narrow ones %.3f", plain, bold, narrow)
	}
	for i, r := range []rune(said.Body) {
		if r > 0x4E00 && mediatest.Ink(seen, said.Boxes[i]) < .02 && said.Boxes[i].Left < .4 { // further right they are red
			t.Errorf("no ink in the box of %c: %v", r, said.Boxes[i])
		}
	}
}
