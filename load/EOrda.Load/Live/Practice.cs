using System.Text;
using EOrda.Load.Portal;

namespace EOrda.Load.Live;

/// <summary>
/// Reads made-up records and answers, so that the runtime has compiled what reads them before the race: tool and portal share the processors, and what the tool
/// compiles then the portal has to wait for.
/// </summary>
internal static class Practice
{
    // The runtime takes a method to be worth its best after 30 calls.
    private const int Rounds = 40;

    private const string Snapshot =
        """{"type":3,"invocationId":"1","result":{"q":"practice/general/2000","f":1,"b":0,"n":0,"t":0,"c":[0,0,99],"p":[1,3,0],"i":[1,null,null,[1,0]],"x":0,"s":[[2,1,null,"P-1","k"]]}}""";

    private const string Reservation = """{"places":["P-1"],"until":"2000-01-01T00:00:00.000Z"}""";
    private const string Referral = """{"referrals":[{"application":"A-1","referral":"R-1","validUntil":"2000-01-01T00:00:00.000Z"}]}""";

    /// <summary>Does it.</summary>
    public static void Run() => Run(new Followers());

    /// <summary>Does it with these followers.</summary>
    public static void Run(Followers followers)
    {
        for (var number = 1; number <= Rounds; number++)
        {
            followers.Read(Encoding.UTF8.GetBytes(Snapshot));

            // One leaves the general lane, one place is reserved, and the first time one is new; see docs/api.md, "Live".
            var places = number == 1 ? "\"s\":\"AsBCsB\",\"m\":[\"P-2\",\"k\"]" : "\"s\":\"AsB\"";
            followers.Read(Encoding.UTF8.GetBytes($$$"""{"type":1,"target":"update","arguments":[{"f":1,"n":{{{number}}},"t":9,"w":1,"i":"AQA","d":"ACUA",{{{places}}}}]}"""));
            new Reply(200, Encoding.UTF8.GetBytes(Reservation), RetryAfter: null, Failure: null).Read(ContractsJson.Default.ReservationAnswer);
            new Reply(200, Encoding.UTF8.GetBytes(Referral), RetryAfter: null, Failure: null).Read(ContractsJson.Default.ReferralsAnswer);
        }
    }
}
