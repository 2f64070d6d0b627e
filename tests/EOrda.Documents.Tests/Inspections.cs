using System.Text;
using EOrda.Documents.Content;

namespace EOrda.Documents.Tests;

public sealed class Inspections
{
    [Fact]
    public void A_PDF_a_JPEG_and_a_PNG_are_known_by_their_content()
    {
        Assert.Equal((null, DocumentType.Pdf), Inspect(Samples.Pdf));
        Assert.Equal((null, DocumentType.Jpeg), Inspect(Samples.Jpeg));
        Assert.Equal((null, DocumentType.Png), Inspect(Samples.Png));
    }

    [Theory]
    [InlineData("MZ\u0090\0program")]
    [InlineData("\u007fELF")]
    [InlineData("#!/bin/sh\n")]
    [InlineData("<html><script>alert(1)</script></html>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")]
    [InlineData("PK\u0003\u0004")]
    [InlineData("GIF89a")]
    [InlineData("\n%PDF-1.7")]
    [InlineData("scan.pdf")]
    public void Programs_pages_archives_and_the_rest_are_of_no_known_type(string content) =>
        Assert.Equal(DocumentFault.UnknownType, Inspect(Encoding.Latin1.GetBytes(content)).Fault);

    [Fact]
    public void Nothing_is_empty_and_more_than_10_MB_is_too_large()
    {
        Assert.Equal(DocumentFault.Empty, Inspect([]).Fault);
        Assert.Equal(DocumentFault.TooLarge, Inspect([.. Samples.Jpeg, .. new byte[DocumentInspection.MostBytes]]).Fault);
    }

    [Theory]
    [InlineData("<< /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>")]
    [InlineData("<< /S /J#61vaScript >>")]
    [InlineData("<< /S/#4a#61#76#61#53#63#72#69#70#74>>")]
    [InlineData("<</JavaScript 5 0 R>>")]
    [InlineData("<< /OpenAction 5 0 R >>")]
    [InlineData("<< /OpenAction")]
    [InlineData("<< /Type /EmbeddedFile >>")]
    [InlineData("<< /Names << /EmbeddedFiles 4 0 R >> >>")]
    [InlineData("<< /S /Launch /F (cmd.exe) >>")]
    [InlineData("<< /Subtype /RichMedia >>")]
    [InlineData("<< /AcroForm << /XFA 9 0 R >> >>")]
    [InlineData("<< /S /SubmitForm >>")]
    [InlineData("% a comment with /JavaScript in it")]
    public void A_PDF_that_acts_is_refused(string inside) => Assert.Equal(DocumentFault.ActiveContent, Inspect(Samples.PdfOf(inside)).Fault);

    [Theory]
    [InlineData("<< /OpenAction [3 0 R /FitH null] >>")]
    [InlineData("<< /OpenAction\r\n  [3 0 R /Fit] >>")]
    [InlineData("<< /Title (JavaScript for parents) >>")]
    [InlineData("<< /Launcher /JavaScripts >>")]
    [InlineData("<< /A << /S /URI /URI (https://example.org) >> >>")]
    public void A_PDF_that_shows_a_page_first_or_only_names_a_word_is_taken(string inside) => Assert.Null(Inspect(Samples.PdfOf(inside)).Fault);

    [Theory]
    [InlineData("/Filter /FlateDecode /Type /ObjStm")]
    [InlineData("/Filter /FlateDecode /Subtype /Image")]
    [InlineData("/Filter [/FlateDecode]")]
    public void What_hides_in_a_packed_stream_is_found_whatever_the_stream_calls_itself(string dictionary) =>
        Assert.Equal(DocumentFault.ActiveContent, Inspect(Samples.PdfWithStream("5 0 << /S /JavaScript /JS (x) >>"u8.ToArray(), dictionary)).Fault);

    [Theory]
    [InlineData(131_072 - 3)]
    [InlineData(131_072 - 256)]
    [InlineData(131_072 - 256 - 3)]
    [InlineData(500_000)]
    public void A_name_that_lies_across_two_windows_of_a_stream_is_found(int before)
    {
        var inflated = new byte[before + 100];
        Array.Fill(inflated, (byte)' ');
        "/JavaScript "u8.CopyTo(inflated.AsSpan(before));
        Assert.Equal(DocumentFault.ActiveContent, Inspect(Samples.PdfWithStream(inflated)).Fault);
    }

    [Fact]
    public void A_stream_cut_short_is_looked_at_as_far_as_it_goes()
    {
        var pdf = Samples.PdfWithStream([.. "/S /JavaScript "u8, .. Enumerable.Range(0, 100_000).Select(i => (byte)(i * i >> 3))]);
        var cut = pdf.AsSpan().IndexOf("endstream"u8);
        Assert.Equal(DocumentFault.ActiveContent, Inspect([.. pdf.AsSpan(0, cut - 2_000), .. "\nendstream\nendobj\n%%EOF"u8]).Fault);
    }

    [Fact]
    public void A_stream_that_inflates_to_too_much_is_not_looked_into() =>
        Assert.Equal(DocumentFault.Opaque, Inspect(Samples.PdfWithStream(new byte[301 * 1024 * 1024])).Fault);

    [Fact]
    public void Streams_that_overlap_so_that_looking_would_take_for_ever_are_refused()
    {
        var many = string.Concat(Enumerable.Repeat("stream\n\u0078\u009c", 100_000));
        Assert.Equal(DocumentFault.Opaque, Inspect(Samples.PdfOf(many)).Fault);
    }

    [Theory]
    [InlineData("/ASCIIHexDecode")]
    [InlineData("/ASCII85Decode")]
    [InlineData("/LZWDecode")]
    [InlineData("/Run#4cengthDecode")]
    public void A_packing_that_is_not_looked_into_is_refused(string filter) => Assert.Equal(DocumentFault.Opaque, Inspect(Samples.PdfOf($"<< /Filter [{filter} /FlateDecode] >>")).Fault);

    [Fact]
    public void A_PDF_with_a_password_is_locked() => Assert.Equal(DocumentFault.Locked, Inspect(Samples.PdfOf("<< /Encrypt 9 0 R >>")).Fault);

    [Fact]
    public void A_document_without_its_end_is_damaged()
    {
        Assert.Equal(DocumentFault.Damaged, Inspect(Samples.Pdf[..^8]).Fault);
        Assert.Equal(DocumentFault.Damaged, Inspect("%PDF-9.9 %%EOF"u8.ToArray()).Fault);
        for (var length = 3; length < Samples.Jpeg.Length; length++)
            Assert.Equal(DocumentFault.Damaged, Inspect(Samples.Jpeg[..length]).Fault);
        for (var length = 8; length < Samples.Png.Length; length++)
            Assert.Equal(DocumentFault.Damaged, Inspect(Samples.Png[..length]).Fault);
    }

    [Fact]
    public void A_picture_s_parts_must_be_whole_and_in_order()
    {
        var wrongSum = Samples.Png.ToArray();
        wrongSum[^1] ^= 1;
        Assert.Equal(DocumentFault.Damaged, Inspect(wrongSum).Fault);
        Assert.Equal(DocumentFault.Damaged, Inspect(Samples.PngOf(("IDAT", [1]), ("IEND", []))).Fault);
        Assert.Equal(DocumentFault.Damaged, Inspect(Samples.PngOf(("IHDR", new byte[13]), ("IEND", []))).Fault);
        Assert.Equal(DocumentFault.Damaged, Inspect([0xFF, 0xD8, 0xFF, 0xD9]).Fault);
    }

    [Fact]
    public void A_document_that_is_of_a_second_format_is_refused()
    {
        byte[] archive = [.. "PK\u0005\u0006"u8, .. new byte[18]];
        Assert.Equal(DocumentFault.SecondFormat, Inspect([.. Samples.Jpeg, .. archive]).Fault);
        Assert.Equal(DocumentFault.SecondFormat, Inspect([.. Samples.Png, .. archive]).Fault);
        Assert.Equal(DocumentFault.SecondFormat, Inspect([.. Samples.Pdf, .. archive]).Fault);
        Assert.Equal(DocumentFault.SecondFormat, Inspect([.. Samples.Jpeg, .. Samples.Pdf]).Fault);
        Assert.Equal(DocumentFault.SecondFormat, Inspect([.. Samples.Jpeg, .. "<SCRIPT src=x>"u8]).Fault);
        Assert.Equal(DocumentFault.SecondFormat, Inspect(Samples.PngOf(("IHDR", new byte[13]), ("tEXt", [.. "Comment\0<svg onload=alert(1)>"u8]), ("IDAT", [1]), ("IEND", []))).Fault);
        Assert.Equal(DocumentFault.SecondFormat, Inspect(Samples.PdfOf("(<html><body>)")).Fault);
    }

    [Fact]
    public void What_a_phone_appends_to_its_photograph_is_no_fault() =>
        Assert.Equal((null, DocumentType.Jpeg), Inspect([.. Samples.Jpeg, .. Samples.Jpeg, .. "SEFT"u8]));

    [Fact]
    public void Noise_after_a_known_beginning_never_throws()
    {
        var noise = new Random(14);
        byte[][] beginnings = [Samples.Pdf, Samples.Jpeg, Samples.Png, Samples.PdfWithStream(new byte[1_000])];
        for (var i = 0; i < 4_000; i++)
        {
            var sample = beginnings[i % beginnings.Length].ToArray();
            for (var change = 0; change <= i % 7; change++)
                sample[noise.Next(sample.Length)] = (byte)noise.Next(256);
            Inspect(sample[..noise.Next(sample.Length + 1)]);
        }
    }

    private static (DocumentFault? Fault, DocumentType Type) Inspect(byte[] content) => (DocumentInspection.Inspect(content, out var type), type);
}
