import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import java.util.List;

/**
 * mongo-java-server on the address of DOCKSNAP_DATABASE_LISTEN, until it is ended. It keeps what it is given in memory
 * alone.
 */
final class SecondDatabase extends MemoryBackend {
    /** Its own versions end at wire version 8, of MongoDB 4.2; version 7 of the driver asks for 9, of 4.4. */
    private record Version(List<Integer> getVersionArray, int getWireVersion) implements MongoVersion {}

    /** It knows `hello` by the older of its two names alone. */
    @Override
    public Document handleCommand(Channel channel, String database, String command, Document query) {
        return super.handleCommand(channel, database, command.equals("hello") ? "isMaster" : command, query);
    }

    public static void main(String[] arguments) {
        String listen = System.getenv("DOCKSNAP_DATABASE_LISTEN");
        int colon = listen.lastIndexOf(':');
        var backend = new SecondDatabase().version(new Version(List.of(5, 0, 0), 13));
        new MongoServer(backend).bind(listen.substring(0, colon), Integer.parseInt(listen.substring(colon + 1)));
    }
}
